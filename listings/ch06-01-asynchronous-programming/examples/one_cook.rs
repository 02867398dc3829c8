use std::collections::HashSet;
use std::thread;

use futures::future::join_all;
use tokio::time::{Duration, Instant, sleep};

async fn cook() -> thread::ThreadId {
    sleep(Duration::from_millis(100)).await;
    thread::current().id()
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    for _ in 0..1000 {
        cook().await;
    }
    println!("one after the other: {:?}", start.elapsed());

    let start = Instant::now();
    let orders = (0..1000).map(|_| cook());
    let cooks = join_all(orders).await;
    println!("all at once:         {:?}", start.elapsed());

    let cooks: HashSet<_> = cooks.into_iter().collect();
    println!("threads that cooked: {}", cooks.len());
}
