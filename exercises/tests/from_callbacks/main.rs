//! An order, written with callbacks and as a future, does the same.

#[cfg(feature = "mine")]
#[path = "../../mine/from_callbacks.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::pin::pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};

use attempt::{Kitchen, order, order_then};

/// Remembers that it was woken.
#[derive(Default)]
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// What is noted when `dish` is ordered with callbacks.
fn with_callbacks(dish: &'static str) -> Vec<String> {
    let kitchen = Rc::new(Kitchen::default());
    order_then(&kitchen, dish, || ());
    while kitchen.work() {}
    kitchen.notes()
}

/// What is noted when `dish` is ordered and the future is ready.
fn with_a_future(dish: &'static str) -> Vec<String> {
    let kitchen = Rc::new(Kitchen::default());
    let flag = Arc::new(Flag::default());
    let waker = Waker::from(Arc::clone(&flag));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(order(&kitchen, dish));
    assert_eq!(
        kitchen.notes(),
        [""; 0],
        "something happened before the first poll. Does `order` work outside \
         of its async body?"
    );
    while future.as_mut().poll(&mut cx).is_pending() {
        flag.0.store(false, Ordering::Relaxed);
        while !flag.0.load(Ordering::Relaxed) {
            assert!(
                kitchen.work(),
                "`order({dish:?})` is pending, the kitchen has called back \
                 everything it was asked for, and nobody woke the task"
            );
        }
    }
    kitchen.notes()
}

fn compare(dish: &'static str) {
    let notes = with_a_future(dish);
    assert_eq!(
        notes,
        with_callbacks(dish),
        "the future `order({dish:?})` was ready when these notes were there \
         (left); with callbacks, the order ends with those on the right"
    );
}

#[test]
fn a_dish_of_the_menu_is_served() {
    compare("toast");
}

#[test]
fn a_dish_that_burns_is_cooked_again() {
    compare("eggs");
}

#[test]
fn a_dish_that_is_not_on_the_menu_is_refused() {
    compare("lobster");
}
