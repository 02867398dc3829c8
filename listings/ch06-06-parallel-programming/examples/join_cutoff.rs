use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

static JOINS: AtomicU32 = AtomicU32::new(0);

fn total(prices: &[u64], cutoff: usize) -> u64 {
    if prices.len() <= cutoff {
        return prices.iter().sum();
    }
    JOINS.fetch_add(1, Relaxed);
    let (left, right) = prices.split_at(prices.len() / 2);
    let (left, right) =
        rayon::join(|| total(left, cutoff), || total(right, cutoff));
    left + right
}

fn main() {
    let prices: Vec<u64> = (0..1 << 17).collect();
    for cutoff in [1, 64, 8192] {
        let mut best = Duration::MAX;
        for _ in 0..3 {
            JOINS.store(0, Relaxed);
            let start = Instant::now();
            let sum = total(&prices, cutoff);
            best = best.min(start.elapsed());
            assert_eq!(sum, 8_589_869_056);
        }
        let joins = JOINS.load(Relaxed);
        println!("cut-off {cutoff:>4}: {joins:>6} joins, {best:?}");
    }
}
