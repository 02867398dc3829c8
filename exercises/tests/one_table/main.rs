//! Guests who go on together, round after round, in many orders of their steps.
//!
//! Shuttle chooses which thread goes on, whenever one uses a type of `sync`.

#[cfg(feature = "mine")]
#[path = "../../mine/one_table.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

// An attempt need not use all of them.
#[allow(dead_code, unused_imports)]
mod sync;

#[path = "../../src/orders.rs"]
mod orders;

use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use attempt::Table;
use orders::End;
use shuttle::sync::Arc;
use shuttle::thread;

/// What is said when guests wait for each other to the end of all days.
const FOR_EVER: &str = "a guest waits for ever. Do all who wait hear of the last \
    who comes? And what does a guest look at who wakes late, when others have \
    begun the next round?";

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/one_table.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

fn in_many_orders(check: fn()) {
    orders::in_many_orders(SOURCE, FOR_EVER, check);
}

/// So many guests eat so many rounds. Each looks whether all have come, and
/// counts how often it was the last of a round.
fn eat(guests: usize, rounds: usize) {
    let table = Arc::new(Table::new(guests));
    // These are std's, so that shuttle does not take them for steps.
    let came = std::sync::Arc::new([const { AtomicUsize::new(0) }; 3]);
    let last = std::sync::Arc::new([const { AtomicUsize::new(0) }; 3]);
    let guest = |_| {
        let table = Arc::clone(&table);
        let (came, last) = (came.clone(), last.clone());
        move || {
            for round in 0..rounds {
                came[round].fetch_add(1, Relaxed);
                let is_last = table.wait();
                last[round].fetch_add(usize::from(is_last), Relaxed);
                let there = came[round].load(Relaxed);
                assert!(
                    there == guests,
                    "a guest goes on in round {} when {there} of {guests} have \
                     come. Does it look again after it has been woken?",
                    round + 1
                );
            }
        }
    };
    let mut all: Vec<_> = (0..guests).map(guest).collect();
    // The model has a thread of its own.
    let mine = all.pop();
    let others: Vec<_> = all.into_iter().map(thread::spawn).collect();
    if let Some(mine) = mine {
        mine();
    }
    for other in others {
        other.join().expect("its panic has ended the model");
    }
    for (round, last) in last.iter().take(rounds).enumerate() {
        let last = last.load(Relaxed);
        assert!(
            last == 1,
            "in round {} `wait` returns true to {last} of {guests} guests. It \
             does to the one who came last.",
            round + 1
        );
    }
}

#[test]
fn who_eats_alone_waits_for_nobody() {
    in_many_orders(|| eat(1, 3));
}

#[test]
fn three_guests_go_on_together() {
    in_many_orders(|| eat(3, 1));
}

#[test]
fn two_guests_eat_three_rounds() {
    in_many_orders(|| eat(2, 3));
}

/// A condition variable may wake a thread although nobody has rung.
#[test]
fn who_wakes_for_nothing_waits_on() {
    for number in 0..20 {
        let end = orders::in_order(number, || {
            sync::WAKES_FOR_NOTHING.set(true);
            Table::new(2).wait();
        });
        assert!(
            matches!(end, Ok(End::AllWait)),
            "at a table for two, a guest who is woken for nothing goes on, \
             and nobody else has come. Does it look again?"
        );
    }
}
