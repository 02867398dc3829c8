//! An executor with several workers finishes every task.
//!
//! The attempt is compiled twice: with the threads of std, and with those of
//! shuttle, which takes their steps in an order that it can repeat.

// One file, two modules: that is the purpose.
#![allow(clippy::duplicate_mod)]

mod model;
mod real;

use std::future::poll_fn;
use std::task::Poll;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/many_workers.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

/// Pending once, and woken during that poll; then calls `pause`.
async fn yields(pause: fn()) {
    let mut yielded = false;
    poll_fn(|cx| {
        if yielded {
            return Poll::Ready(());
        }
        yielded = true;
        cx.waker().wake_by_ref();
        pause();
        Poll::Pending
    })
    .await
}
