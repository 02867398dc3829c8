use std::time::Instant as WallClock;
use tokio::time::{Duration, Instant, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let wall_clock = WallClock::now();
    let start = Instant::now();
    let log = |event: &str| {
        println!("[{:>7} ms] {event}", start.elapsed().as_millis());
    };

    log("bread in");
    sleep(Duration::from_secs(120)).await;
    log("toast out");
    sleep(Duration::from_secs(3600)).await;
    log("kitchen closed");

    let passed = wall_clock.elapsed();
    println!("less than a second for you: {}", passed.as_secs() == 0);
}
