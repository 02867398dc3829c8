//! Count every poll of the future inside, without an allocation.

use std::pin::Pin;
use std::task::{Context, Poll};

pub struct CountPolls<F> {
    future: Pin<Box<F>>,
    polls: u32,
}

impl<F> CountPolls<F> {
    pub fn new(future: F) -> Self {
        CountPolls {
            future: Box::pin(future),
            polls: 0,
        }
    }
}

impl<F: Future> Future for CountPolls<F> {
    /// How often `F` was polled, and what it returned.
    type Output = (u32, F::Output);

    fn poll(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        match self.future.as_mut().poll(cx) {
            Poll::Ready(output) => Poll::Ready((self.polls, output)),
            Poll::Pending => {
                self.polls += 1;
                Poll::Pending
            }
        }
    }
}
