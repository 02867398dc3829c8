use std::time::Duration;
use tokio::time::sleep;
use tracing::{info, instrument};
use tracing_subscriber::fmt::format::FmtSpan;

#[instrument(skip(ms))]
async fn cook(order: u32, ms: u64) {
    toast(ms).await;
}

async fn toast(ms: u64) {
    info!("bread in");
    sleep(Duration::from_millis(ms)).await;
    info!("bread out");
}

// The real clock: tracing measures with it, whatever Tokio's clock says.
#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), tokio::task::JoinError> {
    tracing_subscriber::fmt()
        .with_span_events(FmtSpan::CLOSE)
        // `without_time` would take the durations away, too.
        .with_timer(())
        .with_ansi(false)
        .with_target(false)
        .init();

    let quick = tokio::spawn(cook(1, 20));
    let slow = tokio::spawn(cook(2, 60));
    quick.await?;
    slow.await
}
