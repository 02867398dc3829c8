//! Bound the jobs in the pool, whoever still waits for them.

use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};

// In the tests. `spawn` puts a closure into its queue, without any limit.
use super::Pool;

pub struct Kitchen {
    pool: Pool,
    room: Arc<Semaphore>,
}

impl Kitchen {
    pub fn new(pool: Pool, room: usize) -> Kitchen {
        let room = Arc::new(Semaphore::new(room));
        Kitchen { pool, room }
    }

    /// Runs `job` on the pool. Returns what it returns, or `None` if it
    /// panics.
    ///
    /// No more jobs than there is room for run or stand in the queue.
    pub async fn run<T: Send + 'static>(
        &self,
        job: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let _room = self.room.acquire().await.expect("nobody closes it");
        let (tx, rx) = oneshot::channel();
        self.pool.spawn(move || {
            // It fails when the caller has left.
            let _ = tx.send(job());
        });
        rx.await.ok()
    }
}
