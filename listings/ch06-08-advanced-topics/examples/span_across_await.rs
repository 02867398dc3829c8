use std::time::Duration;
use tokio::time::sleep;
use tracing::{info, info_span};

async fn cook(order: u32, ms: u64) {
    let span = info_span!("cook", order);
    let _entered = span.enter();
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
    sleep(Duration::from_millis(10)).await;
    info!("the waiter opens the till");
    slow.await?;
    quick.await
}
