use std::time::Duration;
use tokio::time::sleep;
use tracing::info;

async fn cook(order: u32, ms: u64) {
    info!("order {order} started");
    toast(ms).await;
    info!("order {order} done");
}

async fn toast(ms: u64) {
    info!("bread in");
    sleep(Duration::from_millis(ms)).await;
    info!("bread out");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), tokio::task::JoinError> {
    tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_target(false)
        .init();

    let slow = tokio::spawn(cook(1, 60));
    let quick = tokio::spawn(cook(2, 20));
    slow.await?;
    quick.await
}
