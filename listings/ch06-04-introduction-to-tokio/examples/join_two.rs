use tokio::time::{Duration, Instant, sleep};

async fn wait(start: Instant, what: &str, seconds: u64) {
    sleep(Duration::from_secs(seconds)).await;
    println!("{:4} ms: {what} ready", start.elapsed().as_millis());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    tokio::join!(wait(start, "eggs", 2), wait(start, "toast", 1));
    println!("{:4} ms: both served", start.elapsed().as_millis());
}
