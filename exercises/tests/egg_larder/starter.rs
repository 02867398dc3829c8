//! Let a guest wait for eggs, and lose no request that comes meanwhile.

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

/// How many guests may wait for eggs at the same time.
pub const ROOM: usize = 100;

#[derive(Debug, PartialEq)]
pub enum Refused {
    /// `ROOM` guests are waiting.
    Full,
    Closed,
}

enum Request {
    Take {
        eggs: u32,
        reply: oneshot::Sender<Result<(), Refused>>,
    },
    Deliver {
        eggs: u32,
    },
}

/// Yours to mend. The eggs belong to this task. Returns those that are left
/// when the last handle is gone.
///
/// - Guests are served in the order in which they asked, each as soon as
///   there are enough eggs. Nobody is served before who asked earlier.
/// - While a guest waits, deliveries and other guests come in all the same.
/// - A guest who leaves (whose `take` is dropped) before there is an answer
///   takes no eggs, keeps nobody waiting, and leaves the room to another.
/// - When `ROOM` guests wait already, one more is told `Full` at once.
async fn larder(mut stock: u32, mut inbox: mpsc::Receiver<Request>) -> u32 {
    while let Some(request) = inbox.recv().await {
        match request {
            Request::Deliver { eggs } => stock = stock.saturating_add(eggs),
            Request::Take { eggs, reply } => {
                while stock < eggs {
                    match inbox.recv().await {
                        Some(Request::Deliver { eggs }) => {
                            stock = stock.saturating_add(eggs);
                        }
                        Some(Request::Take { .. }) => {}
                        None => return stock,
                    }
                }
                stock -= eggs;
                let _ = reply.send(Ok(()));
            }
        }
    }
    stock
}

/// Given: the handle, which guests and the farmer have.
#[derive(Clone)]
pub struct Larder(mpsc::Sender<Request>);

impl Larder {
    /// The task ends when the last handle is gone.
    pub fn open(stock: u32) -> (Larder, JoinHandle<u32>) {
        let (requests, inbox) = mpsc::channel(8);
        (Larder(requests), tokio::spawn(larder(stock, inbox)))
    }

    /// Takes so many eggs, and waits while there are too few.
    pub async fn take(&self, eggs: u32) -> Result<(), Refused> {
        let (reply, answer) = oneshot::channel();
        let sent = self.0.send(Request::Take { eggs, reply }).await;
        sent.map_err(|_| Refused::Closed)?;
        answer.await.map_err(|_| Refused::Closed)?
    }

    /// Brings eggs. What would be more than `u32::MAX` does not fit.
    pub async fn deliver(&self, eggs: u32) -> Result<(), Refused> {
        let sent = self.0.send(Request::Deliver { eggs }).await;
        sent.map_err(|_| Refused::Closed)
    }
}
