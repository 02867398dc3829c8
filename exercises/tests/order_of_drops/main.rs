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

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/order_of_drops.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

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
    let polled = match polls {
        0 => "before the first poll",
        1 => "after 1 poll",
        _ => "after 2 polls",
    };
    for (place, tool) in predicted.iter().enumerate() {
        let number = place + 1;
        assert!(
            order.contains(tool),
            "dropped {polled}: number {number} of your list is {tool:?}, which \
             is not put away at all. Has it been created by then?"
        );
        let Some(real) = order.get(place) else {
            panic!(
                "dropped {polled}: only {place} tools are put away, and your \
                 list goes on with {tool:?}"
            );
        };
        assert!(
            predicted.contains(real),
            "dropped {polled}: number {number} is a tool that your list does \
             not name. Which tools have been created, and is any of them gone \
             before the future is?"
        );
        let hint = match (*real, *tool, polls) {
            ("spoon", ..) => "Does every `let` bind a variable?",
            (_, "gloves" | "apron", _) => {
                "The arguments have one order before the first poll, and \
                 another one after it"
            }
            (.., 2) => "Who owns the pan at that moment?",
            _ => "In which order do locals go?",
        };
        assert!(
            real == tool,
            "dropped {polled}: number {number} of your list is {tool:?}, which \
             is put away, but not as number {number}. {hint}"
        );
    }
    assert_eq!(
        predicted.len(),
        order.len(),
        "dropped {polled}: right so far, and something is missing at the end \
         of your list"
    );
}

#[test]
fn the_prediction_asks_nobody() {
    let code = exercises::code(SOURCE);
    let prediction = code.split("fn prediction").nth(1).unwrap_or_default();
    assert!(
        !prediction.contains("fry("),
        "`prediction` runs `fry` to see. Write down what you expect"
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
