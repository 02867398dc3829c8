use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

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
    let mut tally = Tally::default();
    tokio::select! {
        () = collect(&mut cooks, &mut tally) => return tally,
        // `None` disables the branch: there will be no signal.
        Some(()) = signals.recv() => {}
    }
    close.send_replace(true);
    tokio::select! {
        () = collect(&mut cooks, &mut tally) => return tally,
        () = sleep(grace) => {}
        Some(()) = signals.recv() => {}
    }
    cooks.abort_all();
    // In vain if one of them blocks its thread.
    let _ = timeout(AFTER_ABORT, collect(&mut cooks, &mut tally)).await;
    tally.stuck = cooks.len();
    tally
}

/// Takes each result until no cook is left. Cancel safe, as `join_next` is.
async fn collect(cooks: &mut JoinSet<Result<(), String>>, tally: &mut Tally) {
    while let Some(ended) = cooks.join_next().await {
        match ended {
            Ok(Ok(())) => tally.done += 1,
            Err(error) if error.is_cancelled() => tally.aborted += 1,
            Ok(Err(_)) | Err(_) => tally.failed += 1,
        }
    }
}
