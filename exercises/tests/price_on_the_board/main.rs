//! A price that nobody reads before it is written, in every order of events.
//!
//! Loom runs each test in every order in which the threads can take their steps,
//! and lets each load return every value that its ordering allows.

#[cfg(feature = "mine")]
#[path = "../../mine/price_on_the_board.rs"]
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

use attempt::Board;
use exercises::{caught, code, once};
use loom::sync::Arc;
use loom::thread;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/price_on_the_board.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

fn in_every_order(check: impl Fn() + Sync + Send + 'static) {
    if let Err(said) = caught(|| loom::model(check)) {
        // Without the place, which is in the tests.
        panic!("{}", said.split_once(":\n").map_or(&*said, |said| said.1));
    }
}

#[test]
fn nobody_reads_half_a_price() {
    in_every_order(|| {
        let board = Arc::new(Board::new());
        let cook = {
            let board = Arc::clone(&board);
            thread::spawn(move || board.write(7, 50))
        };
        match board.read() {
            None | Some((7, 50)) => {}
            Some((euros, cents)) => panic!(
                "{}",
                once(format!(
                    "the cook has written 7 euros and 50 cents, and a guest reads \
                     {euros} and {cents}. The flag announces what was written before \
                     it: which store is the last, and which orderings, one on \
                     each side, make it so?"
                ))
            ),
        }
        cook.join().expect("the cook does not panic");
    });
}

#[test]
fn who_comes_after_the_cook_reads_the_price() {
    in_every_order(|| {
        let board = Board::new();
        let before = board.read();
        assert!(
            before.is_none(),
            "a guest reads {before:?} from an empty board"
        );
        board.write(7, 50);
        for _ in 0..2 {
            let read = board.read();
            assert!(
                read == Some((7, 50)),
                "the cook has written 7 euros and 50 cents, and a guest who comes \
                 after him reads {read:?}. Does reading change the board?"
            );
        }
    });
}

#[test]
fn nothing_stronger_is_used() {
    let code = code(SOURCE);
    for (word, why) in [
        ("std::sync", "loom sees only the types of `super::sync`"),
        ("Mutex", "no lock is needed"),
        ("SeqCst", "the two sides need no order of all threads"),
        ("fence", "an ordering at the operation says the same"),
    ] {
        assert!(!code.contains(word), "`{word}`: {why}");
    }
    let relaxed = code.matches("Relaxed").count();
    assert!(
        relaxed > 0,
        "the euros and the cents announce nothing themselves: which ordering is \
         enough for them?"
    );
}
