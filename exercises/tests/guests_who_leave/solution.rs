use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};

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
        let room = Arc::clone(&self.room).acquire_owned().await;
        let room = room.expect("nobody closes it");
        let (tx, rx) = oneshot::channel();
        self.pool.spawn(move || {
            // The job has the room; it is dropped when the job has ended, and
            // by a panic, too.
            let _room = room;
            // It fails when the caller has left.
            let _ = tx.send(job());
        });
        rx.await.ok()
    }
}
