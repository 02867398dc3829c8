//! Close as soon as possible, and not later than allowed.

use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::JoinSet;
use tokio::time::sleep;

/// What became of the cooks.
#[derive(Debug, Default, PartialEq)]
pub struct Tally {
    pub done: usize,
    /// With an error or a panic.
    pub failed: usize,
    pub aborted: usize,
}

/// Lets the cooks work until none is left, and returns what became of them.
///
/// At the first signal it tells them to go home, through `close`. Who has not
/// gone after `grace`, or at a second signal, is aborted. Signals stop coming
/// when their sender is gone, and that means nothing.
pub async fn run(
    mut cooks: JoinSet<Result<(), String>>,
    close: watch::Sender<bool>,
    mut signals: mpsc::Receiver<()>,
    grace: Duration,
) -> Tally {
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
