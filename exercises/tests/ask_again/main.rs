//! Errors that pass are worth a pause, others are not.

#[cfg(feature = "mine")]
#[path = "../../mine/ask_again.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::cell::RefCell;
use std::future::pending;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use attempt::{Failure, retry};
use futures::FutureExt;
use tokio::time::{Instant, timeout};

const LONG: Duration = Duration::from_secs(3600);

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// The milliseconds of each call, and then what was returned and when.
type Story = (Vec<u128>, Result<&'static str, Failure>, u128);

const NO_END: &str = "four hours later `retry` has not returned, and nobody \
    had so much patience. Which limit bounds a call, and which a pause?";

/// Retries with a supplier who answers the calls as `answers` says. It gets
/// their numbers, from 1 on, and for `None` the call never ends.
async fn story(
    tries: u32,
    patience: Duration,
    answers: impl Fn(usize) -> Option<Result<&'static str, Failure>>,
) -> Story {
    let start = Instant::now();
    let calls = RefCell::new(Vec::new());
    let call = || {
        calls.borrow_mut().push(start.elapsed().as_millis());
        let number = calls.borrow().len();
        assert!(
            number <= 200,
            "called 200 times. At most {tries} were allowed, with a patience \
             of {patience:?}"
        );
        let answer = answers(number);
        async move {
            match answer {
                Some(answer) => answer,
                None => pending().await,
            }
        }
    };
    let all = timeout(LONG * 4, retry(tries, patience, call));
    let result = all
        .await
        .unwrap_or_else(|_| panic!("{}", exercises::once(NO_END)));
    (calls.take(), result, start.elapsed().as_millis())
}

/// Busy for so many calls, and then the eggs are there.
fn busy(
    calls: usize,
) -> impl Fn(usize) -> Option<Result<&'static str, Failure>> {
    move |number| {
        Some(if number > calls {
            Ok("eggs")
        } else {
            Err(Failure::Busy)
        })
    }
}

#[test]
fn a_pause_doubles_until_the_answer_comes() {
    virtual_time::run(|| async {
        exercises::same!(
            story(6, LONG, busy(3)).await,
            (vec![0, 100, 300, 700], Ok("eggs"), 700),
            "the supplier is busy for three calls and then has eggs. Is \
             each pause a `sleep` that is awaited? (At which ms it was called, \
             the result, the end)",
        );
    });
}

#[test]
fn a_pause_has_a_longest_length() {
    virtual_time::run(|| async {
        let (calls, ..) = story(100, LONG, busy(6)).await;
        let pauses: Vec<_> = calls.windows(2).map(|c| c[1] - c[0]).collect();
        exercises::same!(
            pauses,
            [100, 200, 400, 800, 1000, 1000],
            "the pauses do not stop at `LONGEST_PAUSE`",
        );
        let (calls, ..) = story(150, LONG, busy(140)).await;
        exercises::same!(
            calls.len(),
            141,
            "140 calls find the supplier busy, 150 are allowed, and it was \
             called so often",
        );
    });
}

#[test]
fn an_error_that_does_not_pass_is_no_reason_to_ask_again() {
    virtual_time::run(|| async {
        for error in [Failure::NoSuchDish, Failure::NoAnswer] {
            let (calls, result, _) = story(6, LONG, |_| Some(Err(error))).await;
            exercises::same!(
                (calls, result),
                (vec![0], Err(error)),
                "the supplier answers {error:?}, and no pause changes that. \
                 Which errors pass? (At which ms it was called, the result)",
            );
        }
    });
}

#[test]
fn patience_may_have_no_end() {
    virtual_time::run(|| async {
        let all = story(6, Duration::MAX, busy(1));
        let (calls, result, _) =
            AssertUnwindSafe(all).catch_unwind().await.expect(
                "a caller may have patience for `Duration::MAX`, and to add it \
                 to an `Instant` panics. Which method of `Instant` says that a \
                 sum is too large?",
            );
        exercises::same!(
            (calls, result),
            (vec![0, 100], Ok("eggs")),
            "patience for ever, one call finds the supplier busy, the next \
             gets eggs. (At which ms it was called, the result)"
        );
    });
}

#[test]
fn the_last_error_is_returned_at_once() {
    virtual_time::run(|| async {
        for (tries, calls) in [(1, vec![0]), (3, vec![0, 100, 300])] {
            let end = calls.last().copied().unwrap_or_default();
            exercises::same!(
                story(tries, LONG, busy(100)).await,
                (calls, Err(Failure::Busy), end),
                "the supplier stays busy, and {tries} tries are allowed. The \
                 last error is the answer, and after it nothing is worth a \
                 pause. (At which ms it was called, the result, the end)",
            );
        }
        let (calls, ..) = story(0, LONG, busy(0)).await;
        exercises::same!(
            calls,
            [0],
            "with 0 tries, there is one call all the same",
        );
    });
}

#[test]
fn the_supplier_may_say_how_long_to_wait() {
    virtual_time::run(|| async {
        let answers = |number| {
            Some(match number {
                1 => Err(Failure::BusyFor(ms(2500))),
                2 | 3 => Err(Failure::Busy),
                _ => Ok("eggs"),
            })
        };
        let (calls, result, _) = story(6, LONG, answers).await;
        exercises::same!(
            result,
            Ok("eggs"),
            "the eggs are there at the fourth call",
        );
        exercises::same!(
            calls[1],
            2500,
            "the supplier is busy for 2500 ms and says so, and was called \
             again at this ms",
        );
        let again = calls[3] - calls[2];
        assert!(
            [200, 400].contains(&again),
            "a pause is too long or too short, {again} ms, after another one \
             that the supplier had asked for"
        );
        let forever =
            story(6, LONG, |_| Some(Err(Failure::BusyFor(Duration::MAX))));
        let (calls, _, end) =
            AssertUnwindSafe(forever).catch_unwind().await.expect(
                "a supplier may say any time, `Duration::MAX`, too, and to add \
                 it to an `Instant` overflows. How much patience is left?",
            );
        exercises::same!(
            (calls, end),
            (vec![0], 0),
            "the supplier is busy till the end of time: that is more than \
             `patience`, so the first error is the last. (At which ms it was \
             called, the end)",
        );
    });
}

#[test]
fn a_pause_that_is_not_over_in_time_is_not_begun() {
    virtual_time::run(|| async {
        exercises::same!(
            story(6, ms(1000), busy(100)).await,
            (vec![0, 100, 300, 700], Err(Failure::Busy), 700),
            "patience for 1000 ms: the fourth call fails at 700 ms, and the \
             next pause would be over at 1500. (At which ms it was called, \
             the result, the end)",
        );
    });
}

#[test]
fn a_call_that_never_answers_costs_no_more_than_the_patience() {
    virtual_time::run(|| async {
        let answers = |number| (number < 3).then_some(Err(Failure::Busy));
        exercises::same!(
            story(6, ms(1000), answers).await,
            (vec![0, 100, 300], Err(Failure::NoAnswer), 1000),
            "two calls find the supplier busy, the third gets no answer. The \
             patience of 1000 ms began with the first. (At which ms it was \
             called, the result, the end)",
        );
    });
}
