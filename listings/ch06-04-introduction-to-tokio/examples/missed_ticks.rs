use tokio::time::MissedTickBehavior::{self, Burst, Delay, Skip};
use tokio::time::{Duration, Instant, interval, sleep};

const MS: Duration = Duration::from_millis(1);

async fn ticks(behavior: MissedTickBehavior) -> Vec<u128> {
    let start = Instant::now();
    let mut timer = interval(50 * MS);
    timer.set_missed_tick_behavior(behavior);
    let mut seen = Vec::new();
    for tick in 0..6 {
        timer.tick().await;
        seen.push(start.elapsed().as_millis());
        if tick == 0 {
            sleep(120 * MS).await;
        }
    }
    seen
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for behavior in [Burst, Delay, Skip] {
        println!("{behavior:?}: {:?}", ticks(behavior).await);
    }
}
