//! Everyone is served as soon as their own dish is ready.

#[cfg(feature = "mine")]
#[path = "../../mine/one_wait_for_all.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::time::Duration;

use attempt::serve;
use tokio::time::Instant;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/one_wait_for_all.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

const ORDERS: [(&str, u64); 5] = [
    ("rice", 500),
    ("toast", 100),
    ("roast", 800),
    ("eggs", 200),
    ("soup", 400),
];

#[test]
fn every_guest_gets_the_dish_they_ordered() {
    virtual_time::run(|| async {
        exercises::same!(
            serve(&ORDERS).await,
            ORDERS.map(|(dish, _)| dish),
            "the dishes do not stand in the order of the guests. An order's \
             place must not depend on when it is ready"
        );
    });
}

#[test]
fn all_are_served_in_the_time_of_the_longest_dish() {
    virtual_time::run(|| async {
        let opened = Instant::now();
        serve(&ORDERS).await;
        let took = opened.elapsed();
        assert!(
            !took.is_zero(),
            "the dishes are served, and no time has passed on Tokio's clock. \
             Does each dish wait for `tokio::time::sleep`?"
        );
        exercises::same!(
            took,
            Duration::from_millis(800),
            "the longest dish takes 800ms, all of them together 2s, and \
             serving took the time below. In `serve`: is every order started \
             before the first is awaited? A call alone starts nothing, and \
             neither does the `map` of an iterator, which makes the next item \
             when the loop asks for it"
        );
    });
}

#[test]
fn every_dish_is_cooked() {
    // Where it is defined, and where `serve` calls it.
    assert!(
        exercises::code(SOURCE).matches("cook(").count() >= 2,
        "`serve` waits, and cooks nothing. Call `cook` for each order"
    );
}
