//! Of what is left, nobody buys more than there is, in every order of steps.
//!
//! Loom runs each test in every order in which the threads can take their
//! steps, as far as they take them on the types of `sync`.

#[cfg(feature = "mine")]
#[path = "../../mine/last_portion.rs"]
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
    pub use loom::sync::{Condvar, Mutex, RwLock, atomic};
}

use attempt::Dish;
use loom::sync::Arc;
use loom::thread;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/last_portion.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

const NEVER: &str = "a test with loom has not ended after ten seconds. A loop that \
    waits for another thread never ends there: who could be waited for with a lock?";

/// Runs `check` in every order of steps.
fn in_every_order(check: impl Fn() + Sync + Send + 'static) {
    let code = exercises::code(SOURCE);
    for unseen in ["std::sync::Mutex", "std::sync::atomic", "static "] {
        assert!(
            !code.contains(unseen),
            "{}",
            exercises::once(format!(
                "loom does not see `{}`. Take locks and atomics from \
                 `super::sync`, and keep them in the dish",
                unseen.trim()
            ))
        );
    }
    exercises::ends_or(NEVER, || {
        let found = exercises::caught(|| loom::model(check));
        if let Err(said) = found {
            let said = said.split_once(":\n").map_or(&*said, |(_, s)| s);
            panic!("{}", exercises::once(said));
        }
    });
}

#[test]
fn one_guest_after_the_other() {
    in_every_order(|| {
        let dish = Dish::new(2);
        let sold = [0, 1, 2].map(|_| dish.sell());
        exercises::same!(
            (sold, dish.look()),
            ([true, true, false], (0, 2)),
            "two portions and three guests, one after the other"
        );
    });
}

#[test]
fn two_guests_and_one_portion() {
    in_every_order(|| {
        let dish = Arc::new(Dish::new(1));
        let other = Arc::clone(&dish);
        let other = thread::spawn(move || other.sell());
        let sold = [dish.sell(), other.join().expect("it does not panic")];
        let sold = sold.into_iter().filter(|sold| *sold).count();
        exercises::same!(
            sold,
            1,
            "one portion and two guests at the same time: so many got one. What \
             can happen between the look and the sale?"
        );
        exercises::same!(
            dish.look(),
            (0, 1),
            "one portion, and it is sold: what is left, and what was sold"
        );
    });
}

#[test]
fn who_looks_sees_all_portions() {
    in_every_order(|| {
        let dish = Arc::new(Dish::new(3));
        let guest = Arc::clone(&dish);
        let guest = thread::spawn(move || guest.sell());
        let (left, sold) = dish.look();
        assert!(guest.join().expect("it does not panic"), "three are left");
        exercises::same!(
            left + sold,
            3,
            "somebody looks while a portion is sold, and sees {left} left and \
             {sold} sold. Are both read, and both written, at one moment?"
        );
    });
}
