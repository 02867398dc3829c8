use futures::poll;
use std::{io, pin::pin, time::Duration};
use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{broadcast, oneshot, watch};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, advance, interval};

/// What may happen to the loser of a `select!`: it waits, the `event` would
/// make it ready, and it is dropped before its next poll.
async fn lose<T>(future: impl Future, event: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    assert!(poll!(future.as_mut()).is_pending());
    event.await
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let (mut printer, mut line) = duplex(64);
    let mut ticket = [0; 4];
    lose(line.read(&mut ticket), printer.write_all(b"EGGS")).await?;
    let count = line.read(&mut ticket).await?;
    println!("read: {}", ticket[..count].escape_ascii());

    let mut cooks = JoinSet::from_iter([async { "eggs" }]);
    lose(cooks.join_next(), yield_now()).await;
    println!("join_next: {:?}", cooks.join_next().await);

    let (board, mut guest) = watch::channel("soup");
    lose(guest.changed(), async { board.send_replace("eggs") }).await;
    let changed = guest.changed().await;
    println!("changed: {changed:?}, {:?}", *guest.borrow());

    let (news, mut guest) = broadcast::channel(8);
    let sent = lose(guest.recv(), async { news.send("eggs") }).await;
    println!("broadcast: {sent:?}, then {:?}", guest.recv().await);

    let (kitchen, mut reply) = oneshot::channel();
    let sent = lose(&mut reply, async { kitchen.send("eggs") }).await;
    println!("oneshot by &mut: {sent:?}, then {:?}", reply.await);

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let to = listener.local_addr()?;
    let guest = lose(listener.accept(), TcpStream::connect(to)).await?;
    let (_, peer) = listener.accept().await?;
    println!("accept: the same guest: {}", peer == guest.local_addr()?);

    let (start, minute) = (Instant::now(), Duration::from_secs(60));
    let mut clock = interval(minute);
    clock.tick().await;
    lose(clock.tick(), advance(minute)).await;
    let tick = clock.tick().await - start;
    println!("tick: the one after {tick:?}");
    Ok(())
}
