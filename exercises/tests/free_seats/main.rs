//! Guests who sit down at once, in every order of their steps.
//!
//! Loom runs each test in every order in which the threads can take their steps.

#[cfg(feature = "mine")]
#[path = "../../mine/free_seats.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

/// In a crate of your own, `cfg(loom)` chooses between these and std's.
// An attempt need not use all of them.
#[allow(unused_imports)]
mod sync {
    pub use loom::sync::atomic;
}

use attempt::Seats;
use exercises::{caught, code, once};
use loom::sync::Arc;
use loom::thread;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/free_seats.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

fn in_every_order(check: impl Fn() + Sync + Send + 'static) {
    if let Err(said) = caught(|| loom::model(check)) {
        // What loom says of a loop that waits for somebody else.
        if said.contains("exceeded maximum") {
            panic!(
                "{}",
                once(
                    "`take` turns in a circle until somebody else does \
                     something. When does a guest who finds no free seat stop \
                     trying?"
                )
            );
        }
        // Without the place, which is in the tests.
        panic!("{}", said.split_once(":\n").map_or(&*said, |said| said.1));
    }
}

/// Two guests ask at once: what the one on the other thread and mine are told.
fn two_ask(seats: &Arc<Seats>, before: impl Fn()) -> [bool; 2] {
    let other = {
        let seats = Arc::clone(seats);
        thread::spawn(move || seats.take())
    };
    before();
    let mine = seats.take();
    [other.join().expect("a guest does not panic"), mine]
}

#[test]
fn one_seat_is_not_given_twice() {
    in_every_order(|| {
        let both = two_ask(&Arc::new(Seats::new(1)), || ());
        assert!(
            both != [true, true],
            "one seat is free, two guests ask, and both sit down. Between the \
             look and the change, another guest may do the same. Which one \
             operation looks and changes?"
        );
        assert!(
            both != [false, false],
            "one seat is free, two guests ask, and both are sent away. Does \
             each change something before it knows that it gets the seat?"
        );
    });
}

#[test]
fn two_guests_get_two_seats() {
    in_every_order(|| {
        let both = two_ask(&Arc::new(Seats::new(2)), || ());
        assert!(
            both == [true, true],
            "two seats are free, two guests ask at once, and one is sent away. \
             An exchange that fails says only that somebody was quicker. What \
             then?"
        );
    });
}

#[test]
fn a_seat_that_is_given_back_is_free() {
    in_every_order(|| {
        let seats = Arc::new(Seats::new(1));
        assert!(seats.take(), "one seat is free, and `take` refuses it");
        let both = two_ask(&seats, || seats.leave());
        assert!(
            both != [false, false],
            "a guest leaves the only seat and asks again, another asks \
             meanwhile, and both are sent away. Did one of them hold the seat \
             for a moment, only to give it back?"
        );
        assert!(
            both != [true, true],
            "a guest leaves the only seat and asks again, another asks \
             meanwhile, and both sit on it"
        );
    });
}

#[test]
fn a_full_house_has_no_seat() {
    in_every_order(|| {
        let seats = Seats::new(2);
        let told = [seats.take(), seats.take(), seats.take(), seats.take()];
        exercises::same!(
            told,
            [true, true, false, false],
            "two seats, and one guest after the other asks for one"
        );
        seats.leave();
        let told = [seats.take(), seats.take()];
        exercises::same!(
            told,
            [true, false],
            "both seats were taken, one was given back, and two guests ask. \
             Was a seat lost, or counted below zero, when there was none?"
        );
    });
}

#[test]
fn no_lock_is_used() {
    let code = code(SOURCE);
    for (word, why) in [
        ("std::sync", "loom sees only the types of `super::sync`"),
        ("Mutex", "one atomic operation can look and change"),
    ] {
        assert!(!code.contains(word), "`{word}`: {why}");
    }
}
