use tokio::task::JoinError;
use tokio::time::{Duration, Instant, sleep};

async fn cook(ms: u64) -> u64 {
    sleep(Duration::from_millis(ms)).await;
    ms
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    let start = Instant::now();
    let mut served = Vec::new();
    for ms in [20, 40, 60, 80, 100] {
        served.push(tokio::spawn(cook(ms)).await?);
    }
    println!("served {served:?} after {:?}", start.elapsed());
    Ok(())
}
