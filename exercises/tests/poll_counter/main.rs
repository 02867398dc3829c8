//! `CountPolls` says how often the future inside was polled.

#[cfg(feature = "mine")]
#[path = "../../mine/poll_counter.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::future::{poll_fn, ready};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use attempt::CountPolls;

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

/// Polls to the end.
fn finish<F: Future>(mut future: Pin<&mut F>) -> F::Output {
    let mut cx = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
    }
}

#[test]
fn a_future_that_yields_n_times_is_polled_n_plus_1_times() {
    for times in [0, 1, 5] {
        let counted = pin!(CountPolls::new(yields(times)));
        let (polls, dish) = finish(counted);
        assert_eq!(dish, "toast");
        assert_eq!(
            polls,
            times + 1,
            "a future that is pending {times} times was polled {} times, and \
             {polls} are counted. Is the poll that answers `Ready` a poll?",
            times + 1
        );
    }
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
