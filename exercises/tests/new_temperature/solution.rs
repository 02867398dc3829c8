use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{Instant, timeout_at};

const QUIET: Duration = Duration::from_millis(100);
const LATEST: Duration = Duration::from_millis(500);

/// Waits for changes of `wanted`, and calls `set` once for each series.
///
/// - A series begins with the first change that `set` has not been called for.
/// - It is over when `QUIET` has passed without another change, or `LATEST`
///   after its first change, whichever comes first. Then `set` gets the latest
///   temperature.
/// - When the sender is dropped, the series is over at once, `set` gets its
///   latest temperature, and `control` returns. Without a series it only
///   returns.
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
