use std::pin::Pin;
use std::task::{Context, Poll, ready};

use pin_project_lite::pin_project;

pin_project! {
    pub struct Fuse<F> {
        #[pin]
        future: Option<F>,
    }
}

impl<F> Fuse<F> {
    pub fn new(future: F) -> Self {
        Fuse {
            future: Some(future),
        }
    }
}

impl<F: Future> Future for Fuse<F> {
    type Output = F::Output;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<F::Output> {
        let mut place = self.project().future;
        let Some(future) = place.as_mut().as_pin_mut() else {
            return Poll::Pending;
        };
        let output = ready!(future.poll(cx));
        // `set` drops the old value in its place: what is pinned never moves.
        place.set(None);
        Poll::Ready(output)
    }
}
