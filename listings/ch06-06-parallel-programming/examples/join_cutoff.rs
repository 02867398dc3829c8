use std::hint::black_box;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// Without optimisation nothing is measured, and a short run is enough.
const SERIES: Duration =
    Duration::from_millis(if cfg!(debug_assertions) { 1 } else { 30 });

static JOINS: AtomicU32 = AtomicU32::new(0);

/// Never inlined, so that a piece and the whole list run the same code.
#[inline(never)]
fn plain(prices: &[u64]) -> u64 {
    prices.iter().sum()
}

fn total(prices: &[u64], cutoff: usize) -> u64 {
    if prices.len() <= cutoff {
        return plain(prices);
    }
    JOINS.fetch_add(1, Relaxed);
    let (left, right) = prices.split_at(prices.len() / 2);
    let (left, right) =
        rayon::join(|| total(left, cutoff), || total(right, cutoff));
    left + right
}

/// The joins of a run, and the time of the shortest of a series, in microseconds.
fn measure(sum: impl Fn() -> u64) -> (u32, f64) {
    let (mut best, first) = (Duration::MAX, Instant::now());
    while first.elapsed() < SERIES {
        JOINS.store(0, Relaxed);
        let start = Instant::now();
        let sum = black_box(sum());
        best = best.min(start.elapsed());
        assert_eq!(sum, 8_589_869_056);
    }
    (JOINS.load(Relaxed), best.as_secs_f64() * 1e6)
}

fn main() {
    let prices: Vec<u64> = (0..1 << 17).collect();
    println!("cut-off     joins  time (µs)");
    for cutoff in [1, 8, 64, 512, 8192, 65536] {
        // In the pool, so that no call has to be handed over to it.
        let (joins, best) =
            rayon::scope(|_| measure(|| total(&prices, cutoff)));
        println!("{cutoff:<9}  {joins:>6}  {best:>9.1}");
    }
    let (joins, best) = measure(|| plain(&prices));
    println!("plain sum  {joins:>6}  {best:>9.1}");
}
