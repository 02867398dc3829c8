use futures::{StreamExt, poll};
use std::pin::pin;
use tokio::sync::mpsc;
use tokio_stream::wrappers::ReceiverStream;

/// What may happen to the loser of a `select!`: it waits, the `event` would
/// make it ready, and it is dropped before its next poll.
async fn lose<T>(future: impl Future, event: impl FnOnce() -> T) -> T {
    let mut future = pin!(future);
    assert!(poll!(future.as_mut()).is_pending());
    event()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (orders, mut inbox) = mpsc::channel(1);
    let sent = lose(inbox.recv(), || orders.try_send("eggs")).await;
    println!("recv: {sent:?}, then {:?}", inbox.try_recv());

    let (orders, inbox) = mpsc::channel(1);
    let mut stream = ReceiverStream::new(inbox);
    let sent = lose(stream.next(), || orders.try_send("eggs")).await;
    println!("next: {sent:?}, then {:?}", stream.next().await);

    // The channel is full, until somebody takes the eggs out of it.
    let (orders, mut inbox) = mpsc::channel(1);
    orders.try_send("eggs").expect("it has room for one");
    let first = lose(orders.send("toast"), || inbox.try_recv()).await;
    println!("send: {first:?}, then {:?}", inbox.try_recv());

    let (orders, mut inbox) = mpsc::channel(1);
    orders.try_send("eggs").expect("it has room for one");
    let toast = "toast";
    let first = lose(orders.reserve(), || inbox.try_recv()).await;
    orders.try_send(toast).expect("it has room again");
    println!("reserve: {first:?}, then {:?}", inbox.try_recv());
}
