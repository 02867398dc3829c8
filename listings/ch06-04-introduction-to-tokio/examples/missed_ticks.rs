use tokio::time::MissedTickBehavior::{self, Burst, Delay, Skip};
use tokio::time::{Duration, Instant, interval, sleep};

const MS: Duration = Duration::from_millis(1);

async fn ticks(behavior: MissedTickBehavior) -> [u128; 6] {
    let start = Instant::now();
    let mut timer = interval(50 * MS);
    timer.set_missed_tick_behavior(behavior);
    let mut seen = [0; 6];
    for (tick, time) in seen.iter_mut().enumerate() {
        timer.tick().await;
        *time = start.elapsed().as_millis();
        if tick == 0 {
            sleep(120 * MS).await;
        }
    }
    seen
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let [burst, delay, skip] =
        [ticks(Burst).await, ticks(Delay).await, ticks(Skip).await];
    println!("tick  Burst (ms)  Delay (ms)  Skip (ms)");
    for tick in 0..6 {
        let [b, d, s] = [burst[tick], delay[tick], skip[tick]];
        println!("{:<4}  {b:10}  {d:10}  {s:9}", tick + 1);
    }
}
