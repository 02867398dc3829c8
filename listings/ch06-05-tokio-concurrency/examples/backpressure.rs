use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinError;
use tokio::time::{Instant, sleep};

async fn rush_hour(capacity: usize) -> Result<Vec<u128>, JoinError> {
    let start = Instant::now();
    let (orders, mut pass) = mpsc::channel(capacity);
    let waiter = tokio::spawn(async move {
        let mut sent_at = Vec::new();
        for order in 1..=6 {
            if orders.send(order).await.is_err() {
                break; // the cook has gone home
            }
            sent_at.push(start.elapsed().as_millis());
        }
        sent_at
    });
    while let Some(_order) = pass.recv().await {
        sleep(Duration::from_millis(100)).await;
    }
    waiter.await
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    println!("room for 2, sent at ms: {:?}", rush_hour(2).await?);
    println!("room for 6, sent at ms: {:?}", rush_hour(6).await?);
    Ok(())
}
