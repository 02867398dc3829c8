//! You know what a dropped future drops, and when.

#[cfg(feature = "mine")]
#[path = "../../mine/order_of_drops.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::task::{Context, Waker};

use attempt::{Tool, fry, prediction};

/// What is put away when `fry` is polled `polls` times and then dropped.
fn put_away(polls: u32) -> Vec<&'static str> {
    let log = Rc::new(RefCell::new(Vec::new()));
    {
        let tool = |name| Tool(name, Rc::clone(&log));
        let mut future = pin!(fry(tool("gloves"), tool("apron")));
        let mut cx = Context::from_waker(Waker::noop());
        for _ in 0..polls {
            assert!(future.as_mut().poll(&mut cx).is_pending());
        }
    }
    log.take()
}

fn check(polls: u32) {
    let order = put_away(polls);
    let predicted = prediction(polls);
    for (place, tool) in predicted.iter().enumerate() {
        let number = place + 1;
        assert!(
            order.contains(tool),
            "dropped after {polls} polls: the {tool} is not put away at all, \
             and you predict it as number {number}. Has it been created by \
             then?"
        );
        assert!(
            order.get(place) == Some(tool),
            "dropped after {polls} polls: the {tool} is put away, but not as \
             number {number}. Who owns it at that moment?"
        );
    }
    assert_eq!(
        predicted.len(),
        order.len(),
        "dropped after {polls} polls: right so far, and something is missing \
         at the end of your list"
    );
}

#[test]
fn dropped_before_the_first_poll() {
    check(0);
}

#[test]
fn dropped_at_the_first_await() {
    check(1);
}

#[test]
fn dropped_at_the_second_await() {
    check(2);
}
