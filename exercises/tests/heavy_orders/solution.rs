use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinSet, spawn_blocking};

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
pub async fn serve<F>(mut requests: mpsc::Receiver<Request>, heavy: F)
where
    F: Fn(u64) -> u64 + Clone + Send + 'static,
{
    let mut computed = JoinSet::new();
    while let Some(Request { number, reply }) = requests.recv().await {
        // Those that have ended make room.
        while computed.try_join_next().is_some() {}
        if computed.len() == ROOM {
            // An error says that the client has gone: all the same.
            let _ = reply.send(Err(Refused::Busy));
            continue;
        }
        let heavy = heavy.clone();
        computed.spawn(async move {
            // Nothing stops a computation, so a client that has gone keeps its
            // place until the end.
            let result = spawn_blocking(move || heavy(number)).await;
            let _ = reply.send(result.map_err(|_| Refused::Panicked));
        });
    }
    while computed.join_next().await.is_some() {}
}
