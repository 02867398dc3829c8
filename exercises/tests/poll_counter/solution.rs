use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

pin_project! {
    pub struct CountPolls<F> {
        // Pinned with the whole: it never moves on its own.
        #[pin]
        future: F,
        polls: u32,
    }
}

impl<F> CountPolls<F> {
    pub fn new(future: F) -> Self {
        CountPolls { future, polls: 0 }
    }
}

impl<F: Future> Future for CountPolls<F> {
    /// How often `F` was polled, and what it returned.
    type Output = (u32, F::Output);

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        let this = self.project();
        *this.polls += 1;
        let polls = *this.polls;
        this.future.poll(cx).map(|output| (polls, output))
    }
}
