use tokio::time::{Duration, Instant, sleep, timeout};

const UNIT: Duration = Duration::from_secs(1);

struct Pan(Instant, &'static str);

impl Drop for Pan {
    fn drop(&mut self) {
        let now = self.0.elapsed().as_secs();
        println!("  at {now}: {} off the stove", self.1);
    }
}

async fn cook(clock: Instant, dish: &'static str, units: u32) -> &'static str {
    let _pan = Pan(clock, dish);
    sleep(units * UNIT).await;
    dish
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let clock = Instant::now();
    let (soup, eggs) = (cook(clock, "soup", 2), cook(clock, "eggs", 1));
    println!("join: {:?}", tokio::join!(soup, eggs));

    let clock = Instant::now();
    let (soup, eggs) = (cook(clock, "soup", 2), cook(clock, "eggs", 1));
    let first = tokio::select! { dish = soup => dish, dish = eggs => dish };
    println!("race: {first:?}");

    for limit in [1, 5] {
        let clock = Instant::now();
        let soup = cook(clock, "soup", 2);
        let dish = timeout(limit * UNIT, soup).await;
        println!("limit {limit}: {dish:?}");
    }
}
