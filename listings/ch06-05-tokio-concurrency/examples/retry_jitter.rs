use std::time::Duration;
use tokio::time::{Instant, sleep};

/// A generator of random numbers, small and repeatable.
struct Dice(u64);

impl Dice {
    fn up_to(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % (limit + 1)
    }
}

/// The supplier answers only to the fifth call.
async fn call_supplier(attempt: u32) -> Result<&'static str, &'static str> {
    sleep(Duration::from_millis(10)).await;
    if attempt < 5 { Err("busy") } else { Ok("eggs") }
}

async fn order_eggs(
    tries: u32,
    mut dice: Dice,
) -> Result<&'static str, &'static str> {
    let start = Instant::now();
    for attempt in 1..=tries {
        let error = match call_supplier(attempt).await {
            Err(error) if attempt < tries => error,
            last => return last,
        };
        let cap = (100 << (attempt - 1)).min(1000);
        let pause = dice.up_to(cap);
        let ms = start.elapsed().as_millis();
        println!("[{ms:>4} ms] {error}, waits {pause} of at most {cap} ms");
        sleep(Duration::from_millis(pause)).await;
    }
    Err("nobody was to be called")
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("with 6 tries: {:?}", order_eggs(6, Dice(42)).await);
    println!("with 2 tries: {:?}", order_eggs(2, Dice(7)).await);
}
