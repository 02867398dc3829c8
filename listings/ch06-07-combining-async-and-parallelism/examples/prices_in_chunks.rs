use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use tokio::task::yield_now;

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let turns = Arc::new(AtomicU32::new(0));
    let waiter = Arc::clone(&turns);
    tokio::spawn(async move {
        loop {
            waiter.fetch_add(1, Relaxed);
            yield_now().await;
        }
    });
    let prices: Vec<u64> = (1..=10_000_000).collect();

    let sum: u64 = prices.iter().sum();
    println!(
        "at once: {sum}, turns of the waiter: {}",
        turns.load(Relaxed)
    );

    let mut sum = 0;
    for chunk in prices.chunks(100_000) {
        sum += chunk.iter().sum::<u64>();
        yield_now().await;
    }
    let turns = turns.load(Relaxed);
    println!("in chunks: {sum}, at least 99 turns: {}", turns >= 99);
}
