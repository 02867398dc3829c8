use std::collections::VecDeque;

use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;

enum Request {
    Take {
        eggs: u32,
        reply: oneshot::Sender<()>,
    },
    Deliver {
        eggs: u32,
    },
}

/// The eggs belong to this task. Returns those that are left at the end.
async fn larder(mut stock: u32, mut inbox: mpsc::Receiver<Request>) -> u32 {
    // It waits at one place only, for requests; guests wait in here.
    let mut guests = VecDeque::new();
    while let Some(request) = inbox.recv().await {
        match request {
            Request::Deliver { eggs } => stock += eggs,
            Request::Take { eggs, reply } => guests.push_back((eggs, reply)),
        }
        while let Some((eggs, reply)) = guests
            .pop_front_if(|(eggs, reply)| *eggs <= stock || reply.is_closed())
        {
            // A guest who has left takes no eggs.
            if reply.send(()).is_ok() {
                stock -= eggs;
            }
        }
    }
    stock
}

#[derive(Debug, PartialEq)]
pub struct Closed;

#[derive(Clone)]
pub struct Larder(mpsc::Sender<Request>);

impl Larder {
    /// The task ends when the last handle is gone.
    pub fn open(stock: u32) -> (Larder, JoinHandle<u32>) {
        let (requests, inbox) = mpsc::channel(8);
        (Larder(requests), tokio::spawn(larder(stock, inbox)))
    }

    /// Waits until there are so many eggs, and takes them. Guests are served
    /// in the order in which they ask; who leaves meanwhile takes nothing.
    pub async fn take(&self, eggs: u32) -> Result<(), Closed> {
        let (reply, answer) = oneshot::channel();
        let sent = self.0.send(Request::Take { eggs, reply }).await;
        sent.map_err(|_| Closed)?;
        answer.await.map_err(|_| Closed)
    }

    pub async fn deliver(&self, eggs: u32) -> Result<(), Closed> {
        let sent = self.0.send(Request::Deliver { eggs }).await;
        sent.map_err(|_| Closed)
    }
}
