//! `tokio::time`, with sleeps and timeouts that are noted.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

pub use tokio::time::*;

use crate::log;
use crate::traced::Traced;

/// A future that knows the line of the listing that made it, so that a task
/// that waits for it can be shown there.
pub struct At<F> {
    line: u32,
    future: Pin<Box<F>>,
}

impl<F: Future> Future for At<F> {
    type Output = F::Output;

    fn poll(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<F::Output> {
        log::stand_at(self.line);
        self.future.as_mut().poll(context)
    }
}

/// As `tokio::time::sleep`.
///
/// # Panics
///
/// As the original: outside a runtime.
#[track_caller]
pub fn sleep(duration: Duration) -> At<Sleep> {
    At {
        line: Location::caller().line(),
        future: Box::pin(tokio::time::sleep(duration)),
    }
}

/// As `tokio::time::timeout`, with a lane for the future.
///
/// # Panics
///
/// As the original: outside a runtime.
#[track_caller]
pub fn timeout<F: Future>(
    duration: Duration,
    future: F,
) -> At<Timeout<Traced<F>>> {
    let line = Location::caller().line();
    let future = Traced::of(future, line);
    At {
        line,
        future: Box::pin(tokio::time::timeout(duration, future)),
    }
}
