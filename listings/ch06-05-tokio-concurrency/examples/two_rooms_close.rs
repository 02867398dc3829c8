use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};
use tokio_util::sync::CancellationToken;

fn log(start: Instant, text: &str) {
    println!("[{:>4} ms] {text}", start.elapsed().as_millis());
}

async fn wait_at(start: Instant, place: &str, closing: CancellationToken) {
    let evening = sleep(Duration::from_secs(3600));
    match closing.run_until_cancelled(evening).await {
        Some(()) => log(start, &format!("{place}: a whole hour")),
        None => log(start, &format!("{place}: closed")),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let house = CancellationToken::new();
    let terrace = house.child_token();
    let mut waiters = JoinSet::new();
    waiters.spawn(wait_at(start, "the hall", house.child_token()));
    waiters.spawn(wait_at(start, "the terrace", terrace.clone()));

    sleep(Duration::from_millis(100)).await;
    log(start, "rain");
    terrace.cancel();
    sleep(Duration::from_millis(900)).await;
    log(start, "the house closes");
    house.cancel();
    while let Some(waiter) = waiters.join_next().await {
        if let Err(error) = waiter {
            eprintln!("error: {error}");
        }
    }
}
