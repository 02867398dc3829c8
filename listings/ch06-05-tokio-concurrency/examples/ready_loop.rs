use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tokio::task::JoinError;

async fn stir() {}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    let served = Arc::new(AtomicBool::new(false));
    let bell = Arc::clone(&served);
    let waiter = tokio::spawn(async move { bell.store(true, Relaxed) });

    for _ in 0..1000 {
        stir().await;
    }
    println!("after 1000 awaits, served: {}", served.load(Relaxed));

    waiter.await?;
    println!("after one await more, served: {}", served.load(Relaxed));
    Ok(())
}
