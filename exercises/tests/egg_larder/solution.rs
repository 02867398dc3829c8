use std::collections::VecDeque;
use std::future::pending;

use tokio::select;
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

type Guest = (u32, oneshot::Sender<Result<(), Refused>>);

/// Waits until the first guest has left, for ever if there is none.
async fn first_leaves(guests: &mut VecDeque<Guest>) {
    match guests.front_mut() {
        Some((_, reply)) => reply.closed().await,
        None => pending().await,
    }
}

/// The eggs belong to this task. Returns those that are left at the end.
async fn larder(mut stock: u32, mut inbox: mpsc::Receiver<Request>) -> u32 {
    let mut guests: VecDeque<Guest> = VecDeque::new();
    loop {
        let request = select! {
            request = inbox.recv() => request,
            () = first_leaves(&mut guests) => Some(Request::Deliver { eggs: 0 }),
        };
        // Who has left makes room, wherever in the queue.
        guests.retain(|(_, reply)| !reply.is_closed());
        match request {
            None => return stock,
            Some(Request::Deliver { eggs }) => {
                stock = stock.saturating_add(eggs);
            }
            Some(Request::Take { eggs, reply }) if guests.len() < ROOM => {
                guests.push_back((eggs, reply));
            }
            Some(Request::Take { reply, .. }) => {
                // An error would say that the guest has left: all the same.
                let _ = reply.send(Err(Refused::Full));
            }
        }
        while let Some((eggs, reply)) =
            guests.pop_front_if(|(eggs, _)| *eggs <= stock)
        {
            // A guest who has left meanwhile takes no eggs.
            if reply.send(Ok(())).is_ok() {
                stock -= eggs;
            }
        }
    }
}

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
