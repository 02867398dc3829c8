use std::time::Duration;
use tokio::task::JoinError;
use tokio::time::{Instant, sleep, timeout};

fn log(start: Instant, text: &str) {
    println!("[{:>4} ms] {text}", start.elapsed().as_millis());
}

async fn cook(start: Instant) {
    sleep(Duration::from_millis(1000)).await;
    log(start, "the soup is done");
}

async fn order(start: Instant) -> Result<(), JoinError> {
    let cooking = tokio::spawn(cook(start));
    cooking.await
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let patience = Duration::from_millis(500);
    if timeout(patience, order(start)).await.is_err() {
        log(start, "the guest leaves");
    }
    sleep(Duration::from_secs(2)).await;
    log(start, "the kitchen closes");
}
