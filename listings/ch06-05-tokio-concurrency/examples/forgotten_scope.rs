use futures::poll;
use std::mem;
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

async fn cook(dish: &str) {
    sleep(Duration::from_millis(100)).await;
    println!("{dish}: done");
}

/// Returns when both dishes are done; dropped, it aborts them.
async fn kitchen() {
    let mut dishes = JoinSet::new();
    dishes.spawn(cook("eggs"));
    dishes.spawn(cook("toast"));
    dishes.join_all().await;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let mut scope = Box::pin(kitchen());
    println!("waits: {}", poll!(&mut scope).is_pending());
    mem::forget(scope);

    sleep(Duration::from_millis(200)).await;
    println!("main returns");
}
