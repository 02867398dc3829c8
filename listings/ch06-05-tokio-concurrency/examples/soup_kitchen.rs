use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinError, JoinHandle};

#[derive(Debug, PartialEq)]
enum Failure {
    NotEnough,
    Closed,
}

/// A request, and the way back for its answer.
struct Order {
    portions: u32,
    reply: oneshot::Sender<Result<u32, Failure>>,
}

/// The soup belongs to this task alone, so it needs no lock.
async fn kitchen(mut soup: u32, mut inbox: mpsc::Receiver<Order>) -> u32 {
    while let Some(Order { portions, reply }) = inbox.recv().await {
        let Some(rest) = soup.checked_sub(portions) else {
            // An error would say that the guest has left: all the same.
            let _ = reply.send(Err(Failure::NotEnough));
            continue;
        };
        // A guest who has left takes no soup.
        if reply.send(Ok(rest)).is_ok() {
            soup = rest;
        }
    }
    soup
}

#[derive(Clone)]
struct Kitchen(mpsc::Sender<Order>);

impl Kitchen {
    fn open(soup: u32) -> (Self, JoinHandle<u32>) {
        let (orders, inbox) = mpsc::channel(8);
        (Kitchen(orders), tokio::spawn(kitchen(soup, inbox)))
    }

    /// How much soup is left afterwards.
    ///
    /// Not cancel safe: a guest who leaves when the answer is under way has
    /// taken the soup.
    async fn order(&self, portions: u32) -> Result<u32, Failure> {
        let (reply, answer) = oneshot::channel();
        let sent = self.0.send(Order { portions, reply }).await;
        sent.map_err(|_| Failure::Closed)?;
        answer.await.map_err(|_| Failure::Closed)?
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    let (ann, closed) = Kitchen::open(10);
    let bob = ann.clone();
    println!("Ann, 4: {:?}", ann.order(4).await);
    println!("Bob, 7: {:?}", bob.order(7).await);
    println!("Bob, 5: {:?}", bob.order(5).await);
    drop((ann, bob));
    println!("closed, soup left: {}", closed.await?);
    Ok(())
}
