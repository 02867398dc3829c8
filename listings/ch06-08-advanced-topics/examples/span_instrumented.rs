use std::time::Duration;
use tokio::time::sleep;
use tracing::{Instrument, info, info_span};

async fn cook(ms: u64) {
    info!("bread in");
    sleep(Duration::from_millis(ms)).await;
    info!("bread out");
    let _wash = tokio::spawn(async { info!("wash the knife") });
    let wash = async { info!("wash the plate") };
    let _wash = tokio::spawn(wash.in_current_span());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), tokio::task::JoinError> {
    tracing_subscriber::fmt()
        .without_time()
        .with_ansi(false)
        .with_target(false)
        .init();

    let span = |order| info_span!("cook", order);
    let slow = tokio::spawn(cook(60).instrument(span(1)));
    let quick = tokio::spawn(cook(20).instrument(span(2)));
    sleep(Duration::from_millis(10)).await;
    info!("the waiter opens the till");
    slow.await?;
    quick.await?;
    sleep(Duration::from_secs(1)).await;
    Ok(())
}
