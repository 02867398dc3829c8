use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tokio::sync::mpsc;
use tokio::task::yield_now;

/// How many awaits it takes until a waiting neighbour gets its turn.
async fn neighbour(mut step: impl AsyncFnMut()) -> String {
    yield_now().await; // begins a new poll, with a new budget
    let served = Arc::new(AtomicBool::new(false));
    let bell = Arc::clone(&served);
    tokio::spawn(async move { bell.store(true, Relaxed) });
    for count in 1..=1000 {
        step().await;
        if served.load(Relaxed) {
            return format!("runs during await {count}");
        }
    }
    "does not run during 1000 awaits".to_owned()
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let (orders, mut inbox) = mpsc::unbounded_channel();
    for order in 0..2000 {
        orders.send(order).expect("the inbox is open");
    }

    let ready = neighbour(async || ()).await;
    println!("a ready future: {ready}");
    let recv = neighbour(async || {
        inbox.recv().await;
    })
    .await;
    println!("recv: {recv}");
    let yielding = neighbour(async || yield_now().await).await;
    println!("yield_now: {yielding}");
}
