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

fn place_of(tool: &str, list: &[&str]) -> usize {
    list.iter()
        .position(|&other| other == tool)
        .unwrap_or(list.len())
}

/// The tool whose place in the prediction is farthest from the real one.
fn misplaced(
    order: &[&'static str],
    predicted: &[&'static str],
) -> Option<&'static str> {
    let distance = |tool: &&'static str| {
        place_of(tool, order).abs_diff(place_of(tool, predicted))
    };
    let far = order.iter().copied().filter(|tool| distance(tool) > 0);
    // Of several, the one that goes first: the later ones may follow from it.
    far.rev().max_by_key(distance)
}

fn hint(tool: &str, predicted: &[&str], polls: u32) -> &'static str {
    let is_argument = |tool: &&str| ["gloves", "apron"].contains(tool);
    let last_local = predicted.iter().rposition(|tool| !is_argument(tool));
    let too_early = |argument| {
        last_local.is_some_and(|last| place_of(argument, predicted) < last)
    };
    match (tool, polls) {
        ("spoon", _) => "Does every `let` bind a variable?",
        (_, 1..) if too_early("gloves") => {
            "The function owns its arguments. Do they go before its locals?"
        }
        (_, 1..) if too_early("apron") => {
            "A parameter that is called `_` cannot be used, but the function \
             owns its argument, and keeps it to the end"
        }
        ("gloves" | "apron", _) => {
            "The arguments have one order before the first poll, and another \
             one after it, when they go as if they were the first locals"
        }
        ("pan" | "fork", 2) => "Who owns the pan and the fork at that moment?",
        _ => "In which order do locals go?",
    }
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
        assert!(
            !predicted[..place].contains(tool),
            "dropped {polled}: {tool:?} stands twice in your list"
        );
    }
    // A list that is right so far is told so at the end.
    let complete = predicted.len() == order.len();
    let right_so_far = order.starts_with(&predicted);
    assert!(
        complete || right_so_far,
        "dropped {polled}: {} tools are put away, and your list names {}. Which \
         tools have been created, and is any of them gone before the future is?",
        order.len(),
        predicted.len()
    );
    if let (true, Some(tool)) = (complete, misplaced(&order, &predicted)) {
        panic!(
            "dropped {polled}: {tool:?} is put away, but not as number {} of \
             your list. {}",
            place_of(tool, &predicted) + 1,
            hint(tool, &predicted, polls)
        );
    }
    exercises::same!(
        predicted.len(),
        order.len(),
        "dropped {polled}: right so far, but a tool that is put away is \
         missing at the end of your list. This is how many it names"
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
