//! Computing on Rayon's threads.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use tokio::sync::oneshot;

/// Runs `job` on Rayon's pool; the caller waits without holding a thread. A
/// panic comes back as the error. So many jobs stand in the queue as there are
/// callers, whom the crawl counts.
pub async fn on_rayon<T: Send + 'static>(
    job: impl FnOnce() -> T + Send + 'static,
) -> thread::Result<T> {
    let (answer, answered) = oneshot::channel();
    rayon::spawn(move || {
        // The caller may have left while the job stood in the queue.
        if answer.is_closed() {
            return;
        }
        let result = catch_unwind(AssertUnwindSafe(job));
        // An error says that the caller has left: nobody misses the result.
        let _ = answer.send(result);
    });
    answered.await.expect("the job answers as long as we wait")
}
