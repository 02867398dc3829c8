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
    collect(&mut cooks, &mut tally).await;
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
