//! An order, written with callbacks and as a future, does the same.

#[cfg(feature = "mine")]
#[path = "../../mine/from_callbacks.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::pin::Pin;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Wake, Waker};

use attempt::{Kitchen, order, order_then};

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/from_callbacks.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

/// Remembers that it was woken.
#[derive(Default)]
struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Flag {
    fn polls(self: &Arc<Self>, order: Pin<&mut impl Future>) -> bool {
        self.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(self));
        order.poll(&mut Context::from_waker(&waker)).is_ready()
    }

    fn was_woken(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What is noted when `dishes` are ordered at once, with callbacks.
fn with_callbacks(dishes: &[&'static str]) -> Vec<String> {
    let kitchen = Rc::new(Kitchen::default());
    for dish in dishes {
        order_then(&kitchen, dish, || ());
    }
    while kitchen.work() {}
    kitchen.notes()
}

/// The kitchen makes one call that is due, and not without an end.
fn work(kitchen: &Kitchen, calls: &mut u32) -> bool {
    *calls += 1;
    assert!(
        *calls <= 100,
        "{}",
        exercises::once(
            "the kitchen has called back 100 times, five are enough for these \
             orders, and `order` still asks. What does the kitchen look at to \
             know that the eggs have burnt once?"
        )
    );
    kitchen.work()
}

const LOOPS: &str = "a poll of `order` has not ended after ten seconds. Does it \
    loop until the answer is there? The kitchen works when the poll is over";

/// What is noted when `dishes` are ordered at once and the futures are ready.
fn with_futures(dishes: &[&'static str]) -> Vec<String> {
    let kitchen = Rc::new(Kitchen::default());
    let mut orders: Vec<_> = dishes
        .iter()
        .map(|dish| (dish, Box::pin(order(&kitchen, dish)), Arc::default()))
        .collect();
    exercises::same!(
        kitchen.notes(),
        [""; 0],
        "{}",
        exercises::once(
            "a call of `order` has noted this before the first poll. Does \
             `order` work outside of its async body?"
        )
    );
    orders.retain_mut(|(_, order, flag)| !Flag::polls(flag, order.as_mut()));
    exercises::same!(
        kitchen.notes(),
        [""; 0],
        "{}",
        exercises::once(
            "the first poll has noted this, although the kitchen has not \
             called back. Who made it work? A future says what it waits for \
             and answers `Pending`; the tests let the kitchen work"
        )
    );
    let mut calls = 0;
    while let Some((dish, ..)) = orders.first() {
        assert!(
            orders.iter().all(|(_, _, flag)| !flag.was_woken()),
            "`order({dish:?})` is pending and has woken its task, although the \
             kitchen has not called back: it asks again and again. Who knows \
             when the answer is there?"
        );
        assert!(
            work(&kitchen, &mut calls),
            "`order({dish:?})` is pending, the kitchen has called back \
             everything it was asked for, and nobody woke the task"
        );
        orders.retain_mut(|(_, order, flag)| {
            !(flag.was_woken() && Flag::polls(flag, order.as_mut()))
        });
    }
    kitchen.notes()
}

#[test]
fn an_order_ends_as_it_does_with_callbacks() {
    exercises::ends_or(LOOPS, || {
        // On the menu, and not on it; the last one burns, and is cooked again.
        for dish in ["toast", "lobster", "eggs"] {
            exercises::same!(
                with_futures(&[dish]),
                with_callbacks(&[dish]),
                "the future `order({dish:?})` is ready, and these notes were \
                 expected, as with callbacks. Does it end too early, or is a \
                 note missing?"
            );
        }
    });
}

#[test]
fn the_callbacks_note_nothing() {
    exercises::ends_or(LOOPS, || {
        let kitchen = Rc::new(Kitchen::default());
        let mut order = Box::pin(order(&kitchen, "eggs"));
        let flag = Arc::default();
        let mut calls = 0;
        while !Flag::polls(&flag, order.as_mut()) {
            let before = kitchen.notes();
            if !work(&kitchen, &mut calls) {
                // A task that nobody wakes is the subject of another test.
                break;
            }
            exercises::same!(
                kitchen.notes(),
                before,
                "the kitchen called back, nobody polled the future, and there \
                 is a new note: a callback has written it. Let it send the \
                 answer and nothing else; what follows stands after the \
                 `.await`"
            );
        }
    });
}

#[test]
fn two_orders_are_cooked_together() {
    exercises::ends_or(LOOPS, || {
        let dishes = ["toast", "eggs"];
        exercises::same!(
            with_futures(&dishes),
            with_callbacks(&dishes),
            "toast and eggs were ordered together, and these notes were \
             expected, as with callbacks. Does an order end too early, or do \
             more in one poll than one call of the kitchen allows?"
        );
    });
}

#[test]
fn the_functions_with_callbacks_are_not_called() {
    let code = exercises::code(SOURCE);
    let calls = ["order_then(", "cook_then("].map(|f| code.matches(f).count());
    // Where they are defined, and in each other.
    assert!(
        calls[0] <= 1 && calls[1] <= 3,
        "`order` leaves the work to the callbacks it should replace. Ask \
         `kitchen.price`, await the answer; ask `kitchen.cook`, await the plate"
    );
}
