use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::Duration;

use tokio::runtime::Runtime;

#[derive(Default)]
struct Meeting {
    here: Mutex<usize>,
    changed: Condvar,
}

impl Meeting {
    /// Keeps the thread until two are here. Who gives up leaves.
    fn wait(&self, patience: Duration) -> bool {
        let here = self.here.lock();
        let mut here = here.unwrap_or_else(PoisonError::into_inner);
        *here += 1;
        self.changed.notify_all();
        let met = self
            .changed
            .wait_timeout_while(here, patience, |here| *here < 2);
        let (mut here, _) = met.unwrap_or_else(PoisonError::into_inner);
        let met = *here == 2;
        if !met {
            *here -= 1;
        }
        met
    }
}

/// Whether two tasks that `runtime` executes were both in the middle of a poll
/// at one instant. A task waits for the other with this patience, and then
/// gives up.
pub fn both_at_once(runtime: &Runtime, patience: Duration) -> bool {
    let meeting = Arc::new(Meeting::default());
    let [first, second] = [0, 1].map(|_| {
        let meeting = Arc::clone(&meeting);
        runtime.spawn(async move { meeting.wait(patience) })
    });
    runtime.block_on(async {
        first.await.is_ok_and(|met| met) && second.await.is_ok_and(|met| met)
    })
}
