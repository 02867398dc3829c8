//! Cooks who pour soup from pot to pot, in many orders of their steps.
//!
//! Shuttle chooses which thread goes on, whenever one takes or leaves a lock.

#[cfg(feature = "mine")]
#[path = "../../mine/pour_over.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

#[path = "../../src/orders.rs"]
mod orders;

// An attempt need not use all of them.
#[allow(unused_imports)]
mod sync {
    pub use shuttle::sync::{Mutex, MutexGuard, RwLock, atomic};
}

use attempt::Pots;
use shuttle::sync::Arc;
use shuttle::thread;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/pour_over.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

fn in_many_orders(check: fn()) {
    orders::in_many_orders(SOURCE, FOR_EVER, check);
}

/// What is said when two cooks wait for each other.
const FOR_EVER: &str = "each of two cooks holds a pot and waits for the other's. \
    Do all who need several pots take them in one and the same order?";

/// Another cook does what `other` says, while `mine` is done.
fn meanwhile(pots: &Arc<Pots>, other: fn(&Pots), mine: fn(&Pots)) {
    let cook = {
        let pots = Arc::clone(pots);
        thread::spawn(move || other(&pots))
    };
    mine(pots);
    cook.join().expect("its panic has ended the model");
}

#[test]
fn two_cooks_pour_in_opposite_directions() {
    in_many_orders(|| {
        let pots = Arc::new(Pots::new(&[5, 5, 5]));
        let there = |pots: &Pots| assert!(pots.pour(0, 2, 3), "{REFUSED}");
        let back = |pots: &Pots| assert!(pots.pour(2, 0, 1), "{REFUSED}");
        meanwhile(&pots, there, back);
        let left = [pots.pour(0, 1, 3), pots.pour(2, 1, 7)];
        exercises::same!(
            (left, pots.total()),
            ([true, true], 15),
            "three pots with 5 each, 3 poured from pot 0 into 2 and 1 back: \
             whether pot 0 has 3 and pot 2 has 7, and the total. Does one \
             cook's change get lost in the other's?"
        );
    });
}

const REFUSED: &str = "there was enough in the pot, and `pour` returned false";

#[test]
fn no_soup_is_in_the_air() {
    in_many_orders(|| {
        let pots = Arc::new(Pots::new(&[5, 5]));
        meanwhile(
            &pots,
            |pots| {
                pots.pour(1, 0, 4);
            },
            |pots| {
                exercises::same!(
                    pots.total(),
                    10,
                    "while a cook pours, another adds up what is in all pots. \
                     Is there a moment when soup has left one pot, is not yet \
                     in the other, and neither is locked?"
                );
            },
        );
    });
}

const TWICE: &str = "a cook who pours a pot into itself waits for a lock that he \
    holds himself. Which two numbers need no second lock?";

#[test]
fn a_pot_can_be_poured_into_itself() {
    orders::in_many_orders(SOURCE, TWICE, || {
        let pots = Pots::new(&[5, 1]);
        let told = [pots.pour(0, 0, 5), pots.pour(0, 0, 6)];
        exercises::same!(
            told,
            [true, false],
            "a pot with 5 is poured into itself: 5 of them, and then 6"
        );
        exercises::same!(
            pots.total(),
            6,
            "pots with 5 and 1, of which one was poured into itself"
        );
    });
}

#[test]
fn what_is_not_there_is_not_poured() {
    in_many_orders(|| {
        let pots = Arc::new(Pots::new(&[5, 0]));
        let one = |pots: &Pots| {
            pots.pour(0, 1, 3);
        };
        meanwhile(&pots, one, one);
        exercises::same!(
            (pots.total(), pots.pour(1, 0, 3), pots.pour(1, 0, 1)),
            (5, true, false),
            "two cooks pour 3 each out of a pot with 5, which is enough for one \
             of them. The total, and whether the other pot then has 3, and \
             whether it has 1 more"
        );
    });
}
