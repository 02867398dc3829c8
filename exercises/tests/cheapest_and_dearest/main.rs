//! Two prices out of many, however the list is cut.

#[cfg(feature = "mine")]
#[path = "../../mine/cheapest_and_dearest.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use attempt::cheapest_and_dearest;
use exercises::{code, once, same};
use rayon::ThreadPoolBuilder;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/cheapest_and_dearest.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

/// The answer, in a pool of so many threads, which cuts the list its own way.
fn answer(threads: usize, prices: &[i32]) -> Option<(i32, i32)> {
    let pool = ThreadPoolBuilder::new().num_threads(threads).build();
    let pool = pool.expect("the system can start a few threads");
    pool.install(|| cheapest_and_dearest(prices))
}

#[test]
fn prices_are_found_that_are_in_the_list() {
    let menu: Vec<i32> = (0..1000).map(|dish| 450 + dish * 7 % 2600).collect();
    let wanted = menu.iter().min().copied().zip(menu.iter().max().copied());
    for threads in [1, 2, 4] {
        same!(
            answer(threads, &menu),
            wanted,
            "{}",
            once(
                "a thousand prices. An answer that is in no list comes from where \
                 each piece begins: `reduce` starts each of them with what its \
                 first argument returns. Which value changes nothing, whatever \
                 it is compared with?"
            )
        );
    }
}

#[test]
fn discounts_are_prices_too() {
    for threads in [1, 4] {
        same!(
            answer(threads, &[-300, -50, -120]),
            Some((-300, -50)),
            "{}",
            once(
                "three discounts, all of them below nothing. Where does a price \
                 come from that is in no list?"
            )
        );
    }
}

#[test]
fn the_ends_of_the_scale_are_prices_too() {
    same!(
        answer(2, &[i32::MAX]),
        Some((i32::MAX, i32::MAX)),
        "a list of one price, the dearest there is"
    );
    same!(
        answer(2, &[i32::MIN, 0, i32::MAX]),
        Some((i32::MIN, i32::MAX)),
        "the cheapest and the dearest price there are"
    );
}

#[test]
fn an_empty_list_has_no_price() {
    same!(
        answer(2, &[]),
        None,
        "{}",
        once(
            "a list without prices. What `reduce` begins with is all it can \
             return then. Which of its relatives needs nothing to begin with?"
        )
    );
}

#[test]
fn all_cores_work() {
    let code = code(SOURCE);
    assert!(
        code.contains("par_") || code.contains("join"),
        "nothing here runs in parallel. Which iterator hands the list to all \
         cores?"
    );
}
