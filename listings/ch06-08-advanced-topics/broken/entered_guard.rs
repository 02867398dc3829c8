use tokio::task::yield_now;
use tracing::info_span;

async fn cook() {
    let _entered = info_span!("cook").entered();
    yield_now().await;
}

#[tokio::main]
async fn main() -> Result<(), tokio::task::JoinError> {
    tokio::spawn(cook()).await
}
