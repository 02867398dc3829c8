use std::time::Duration;
use tokio::time::{Instant, sleep, timeout};
use tokio_util::task::TaskTracker;

async fn cook(dish: &'static str, ms: u64) {
    sleep(Duration::from_millis(ms)).await;
    println!("{dish}: done");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let kitchen = TaskTracker::new();
    kitchen.spawn(cook("eggs", 100));
    kitchen.spawn(cook("soup", 300));
    // From here on, an empty kitchen is the end.
    kitchen.close();

    let hour = Duration::from_secs(3600);
    let empty = timeout(hour, kitchen.wait()).await;
    println!("{empty:?} after {} ms", start.elapsed().as_millis());
}
