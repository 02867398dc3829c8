use rayon::prelude::*;
use std::hint::black_box;
use std::thread;
use std::time::{Duration, Instant};

/// The shortest of three runs: the one that was disturbed least.
fn best(work: impl Fn() -> u64) -> Duration {
    let run = |_| {
        let start = Instant::now();
        black_box(work());
        start.elapsed()
    };
    (0..3).map(run).min().expect("three runs")
}

/// How many times as fast `par_iter` is as `iter`.
fn speed_up(count: u64) -> f64 {
    let prices: Vec<u64> = (0..count).collect();
    let one = best(|| prices.iter().map(|x| black_box(x * x)).sum());
    let all = best(|| prices.par_iter().map(|x| black_box(x * x)).sum());
    one.as_secs_f64() / all.as_secs_f64()
}

fn main() {
    let cores = thread::available_parallelism().map_or(1, |n| n.get());
    println!("cores: {cores}");
    for count in [10, 10_000, 2_000_000] {
        let times = speed_up(count);
        println!("{count:>9} squares: {times:.3} times as fast");
    }
}
