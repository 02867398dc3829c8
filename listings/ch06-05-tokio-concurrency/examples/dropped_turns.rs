use futures::poll;
use tokio::sync::{Mutex, Notify, Semaphore, mpsc};

/// Eggs and toast queue for one thing, which is then set free. Who gets it, if
/// the eggs stay in the queue, or if they are dropped, and ask again?
async fn first<F: Future>(
    again: bool,
    ask: impl Fn() -> F,
    free: impl FnOnce(),
) -> &'static str {
    let (mut eggs, mut toast) = (Box::pin(ask()), Box::pin(ask()));
    assert!(poll!(&mut eggs).is_pending());
    assert!(poll!(&mut toast).is_pending());
    if again {
        eggs = Box::pin(ask());
        assert!(poll!(&mut eggs).is_pending());
    }
    free();
    let (eggs, toast) = (poll!(&mut eggs), poll!(&mut toast));
    match (eggs.is_ready(), toast.is_ready()) {
        (true, false) => "eggs",
        (false, true) => "toast",
        _ => "both or none",
    }
}

async fn lock(again: bool) -> &'static str {
    let pan = Mutex::new(());
    let washing = pan.lock().await;
    first(again, || pan.lock(), || drop(washing)).await
}

async fn acquire(again: bool) -> &'static str {
    let plates = Semaphore::new(0);
    first(again, || plates.acquire(), || plates.add_permits(1)).await
}

async fn notified(again: bool) -> &'static str {
    let bell = Notify::new();
    first(again, || bell.notified(), || bell.notify_one()).await
}

async fn reserve(again: bool) -> &'static str {
    let (orders, mut inbox) = mpsc::channel(1);
    orders.try_send("soup").expect("it has room for one");
    let take = || assert!(inbox.try_recv().is_ok());
    first(again, || orders.reserve(), take).await
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (kept, dropped) = (lock(false).await, lock(true).await);
    println!("lock: kept {kept}, dropped {dropped}");
    let (kept, dropped) = (acquire(false).await, acquire(true).await);
    println!("acquire: kept {kept}, dropped {dropped}");
    let (kept, dropped) = (notified(false).await, notified(true).await);
    println!("notified: kept {kept}, dropped {dropped}");
    let (kept, dropped) = (reserve(false).await, reserve(true).await);
    println!("reserve: kept {kept}, dropped {dropped}");
}
