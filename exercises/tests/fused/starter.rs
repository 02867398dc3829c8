//! After `Ready`, drop the future and answer `Pending` for ever.

use std::pin::Pin;
use std::task::{Context, Poll};

use pin_project_lite::pin_project;

pin_project! {
    pub struct Fuse<F> {
        #[pin]
        future: F,
    }
}

impl<F> Fuse<F> {
    pub fn new(future: F) -> Self {
        Fuse { future }
    }
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        self.project().future.poll(cx)
    }
}
