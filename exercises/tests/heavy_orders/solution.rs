use std::sync::Arc;

use tokio::sync::{Semaphore, mpsc, oneshot};
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
    let (room, mut computed) = (Arc::new(Semaphore::new(ROOM)), JoinSet::new());
    while let Some(Request { number, reply }) = requests.recv().await {
        while computed.try_join_next().is_some() {}
        let Ok(place) = Arc::clone(&room).try_acquire_owned() else {
            // An error says that the client has gone: all the same.
            let _ = reply.send(Err(Refused::Busy));
            continue;
        };
        let heavy = heavy.clone();
        computed.spawn(async move {
            // Nothing stops a computation, so a client that has gone keeps its
            // place until the end.
            let result = spawn_blocking(move || heavy(number)).await;
            // Before the reply: whoever hears it may ask again.
            drop(place);
            let _ = reply.send(result.map_err(|_| Refused::Panicked));
        });
    }
    while computed.join_next().await.is_some() {}
}
