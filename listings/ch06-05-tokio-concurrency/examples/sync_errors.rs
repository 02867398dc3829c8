use std::{error::Error, sync::mpsc as std_mpsc, time::Duration};
use tokio::sync::{Mutex, OnceCell, RwLock, Semaphore};
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::time::timeout;

/// What `{}` and what `{:?}` print of an error.
fn show<T>(call: &str, result: Result<T, impl Error>) {
    match result {
        Ok(_) => println!("{call}: no error"),
        Err(error) => println!("{call}: {error} | {error:?}"),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("mpsc");
    let (tx, mut rx) = mpsc::channel(1);
    show("  try_recv, empty", rx.try_recv());
    show("  try_send, room", tx.try_send("eggs"));
    show("  try_send, full", tx.try_send("toast"));
    let patience = Duration::from_millis(10);
    show("  send_timeout", tx.send_timeout("toast", patience).await);
    rx.close();
    show("  send, closed", tx.send("toast").await);
    show("  try_send, closed", tx.try_send("toast"));
    show("  try_recv, one left", rx.try_recv());
    show("  try_recv, closed", rx.try_recv());

    println!("oneshot");
    let (tx, mut rx) = oneshot::channel::<&str>();
    show("  try_recv, empty", rx.try_recv());
    drop(tx);
    show("  try_recv, closed", rx.try_recv());
    let (_, rx) = oneshot::channel::<&str>();
    show("  await, closed", rx.await);

    println!("broadcast");
    let (tx, mut slow) = broadcast::channel(2);
    show("  try_recv, empty", slow.try_recv());
    for ring in 1..=5 {
        show("  send", tx.send(ring));
    }
    show("  recv, lagged", slow.recv().await);
    let mut quick = tx.subscribe();
    drop(tx);
    show("  recv, closed", quick.recv().await);
    show("  try_recv, closed", quick.try_recv());
    let (tx, _) = broadcast::channel(2);
    show("  send, no receiver", tx.send(1));

    println!("watch");
    let (tx, mut rx) = watch::channel(20);
    let (alone, _) = watch::channel(20);
    drop(tx);
    show("  changed, closed", rx.changed().await);
    show("  send, no receiver", alone.send(100));

    println!("locks");
    let (pan, menu) = (Mutex::new(()), RwLock::new(()));
    let _held = (pan.lock().await, menu.write().await);
    show("  Mutex::try_lock", pan.try_lock());
    show("  RwLock::try_read", menu.try_read());
    let plates = Semaphore::new(0);
    show("  try_acquire, none", plates.try_acquire());
    plates.close();
    show("  try_acquire, closed", plates.try_acquire());
    show("  acquire, closed", plates.acquire().await);
    let cell = OnceCell::new_with(Some("eggs"));
    show("  OnceCell::set", cell.set("toast"));
    let never = std::future::pending::<()>();
    show("  timeout", timeout(patience, never).await);

    println!("std");
    let (tx, rx) = std_mpsc::channel::<&str>();
    show("  try_recv, empty", rx.try_recv());
    show("  recv_timeout", rx.recv_timeout(Duration::ZERO));
    let (other, gone) = std_mpsc::channel();
    drop((tx, gone));
    show("  try_recv, closed", rx.try_recv());
    show("  recv, closed", rx.recv());
    show("  send, closed", other.send("eggs"));
}
