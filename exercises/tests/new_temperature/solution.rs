use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

const QUIET: Duration = Duration::from_millis(100);
const LATEST: Duration = Duration::from_millis(500);

/// Passes a new temperature on to `set`, once it has not been changed for
/// `QUIET`, but not later than `LATEST` after the first change.
///
/// When the sender is gone it returns, and passes on before what it has not
/// yet passed on.
pub async fn control(
    mut wanted: watch::Receiver<u32>,
    mut set: impl FnMut(u32),
) {
    while wanted.changed().await.is_ok() {
        // One instant for all rounds, so that it comes.
        let latest = Instant::now() + LATEST;
        loop {
            let quiet = latest.min(Instant::now() + QUIET);
            match timeout_at(quiet, wanted.changed()).await {
                Ok(Ok(())) if Instant::now() < latest => {}
                // Time is up, or the sender is gone.
                _ => break,
            }
        }
        // Not in the call: the receiver stays locked while it is borrowed.
        let degrees = *wanted.borrow_and_update();
        set(degrees);
    }
}
