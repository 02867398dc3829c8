use std::time::Duration;
use tokio::task::JoinError;
use tokio::time::{Instant, sleep};

fn log(start: Instant, text: &str) {
    println!("[{:>4} ms] {text}", start.elapsed().as_millis());
}

async fn cook(start: Instant, dish: &'static str, ms: u64) -> usize {
    log(start, &format!("{dish}: started"));
    sleep(Duration::from_millis(ms)).await;
    log(start, &format!("{dish}: done"));
    dish.len()
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    let start = Instant::now();
    let soup = tokio::spawn(cook(start, "soup", 2000));
    let toast = tokio::spawn(cook(start, "toast", 1000));
    log(start, "main: both spawned");

    let soup = soup.await?;
    let toast = toast.await?;
    log(start, &format!("main: results {soup} and {toast}"));
    Ok(())
}
