//! `CountPolls` says how often the future inside was polled.

#[cfg(feature = "mine")]
#[path = "../../mine/poll_counter.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::cell::RefCell;
use std::future::{poll_fn, ready};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};

use attempt::CountPolls;
use exercises::Event;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/poll_counter.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

/// Ready after `times` answers of `Pending`.
async fn yields(times: u32) -> &'static str {
    let mut left = times;
    poll_fn(|cx| {
        if left == 0 {
            return Poll::Ready("toast");
        }
        left -= 1;
        cx.waker().wake_by_ref();
        Poll::Pending
    })
    .await
}

/// Polls so many times, and returns the last answer.
fn last_poll<F: Future>(
    polls: u32,
    mut future: Pin<&mut F>,
) -> Poll<F::Output> {
    let mut cx = Context::from_waker(Waker::noop());
    let mut answer = Poll::Pending;
    for _ in 0..polls {
        if answer.is_pending() {
            answer = future.as_mut().poll(&mut cx);
        }
    }
    answer
}

const LOOPS: &str = "one poll of the counter has not ended after ten seconds. \
    Is there a loop in it? The caller polls again, not the counter";

#[test]
fn a_future_that_yields_n_times_is_polled_n_plus_1_times() {
    exercises::ends_or(LOOPS, || {
        for times in [0, 1, 5] {
            let counted = pin!(CountPolls::new(yields(times)));
            // `Unpin`? No: any future.
            let answer = last_poll(times + 1, counted);
            exercises::same!(
                answer,
                Poll::Ready((times + 1, "toast")),
                "a future was pending {times} times and then ready, and this \
                 is what the counter answers to its last poll. Is the poll \
                 that answers `Ready` a poll?"
            );
        }
    });
}

/// What a dish sees of its polls.
#[derive(Default)]
struct Seen {
    polls: u32,
    waker: Option<Waker>,
}

#[test]
fn one_poll_of_the_counter_is_one_poll_of_the_future() {
    exercises::ends_or(LOOPS, || {
        let seen = RefCell::new(Seen::default());
        let mut counted = pin!(CountPolls::new(poll_fn(|cx| {
            let mut seen = seen.borrow_mut();
            seen.polls += 1;
            seen.waker = Some(cx.waker().clone());
            match seen.polls {
                1..=3 => Poll::Pending,
                _ => Poll::Ready("toast"),
            }
        })));
        let wakes = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&wakes);
        let waker = exercises::waker(move |event| {
            if event == Event::Woken {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut cx = Context::from_waker(&waker);
        for number in 1..=3 {
            let answer = counted.as_mut().poll(&mut cx);
            let Seen { polls, waker } = seen.take();
            exercises::same!(
                (polls, answer),
                (number, Poll::Pending),
                "the counter was polled {number} times: this is how often it \
                 polled the future inside, and its answer. To poll again is \
                 the caller's business: `Pending` inside is `Pending` outside"
            );
            exercises::same!(
                wakes.load(Ordering::Relaxed),
                number - 1,
                "the counter wakes its task, although the future inside did \
                 not. This is how often the task was woken"
            );
            waker.expect("the future was polled").wake();
            exercises::same!(
                wakes.load(Ordering::Relaxed),
                number,
                "the future inside called its waker, and the task was not \
                 woken. Which `Context` does `poll` pass on? This is how often \
                 the task was woken"
            );
            seen.borrow_mut().polls = polls;
        }
        exercises::same!(
            counted.poll(&mut cx),
            Poll::Ready((4, "toast")),
            "three polls were `Pending`, the fourth is `Ready` and counts, \
             too: this is what it answers"
        );
    });
}

#[test]
fn the_future_is_inside_the_counter() {
    let bowl = ready([0_u8; 1024]);
    let (alone, counted) = (size_of_val(&bowl), CountPolls::new(bowl));
    assert!(
        size_of_val(&counted) > alone,
        "a future of {alone} bytes is counted by one of {}, so it is not in \
         there, but in an allocation. `pin_project!` gives `poll` a pinned \
         reference to a field",
        size_of_val(&counted)
    );
}

#[test]
fn the_compiler_checks_it() {
    let unsafely = exercises::code(SOURCE).contains("unsafe");
    assert!(
        !unsafely,
        "it may be right, but you would have to prove it. `pin_project!` writes \
         the `unsafe` code that reaches a pinned field, and the compiler checks \
         the rest"
    );
}
