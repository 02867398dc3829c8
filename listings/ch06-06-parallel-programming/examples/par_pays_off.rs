use rayon::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Never inlined, so that both ways run the same code for a number.
#[inline(never)]
fn square(x: &u64) -> u64 {
    x * x
}

/// How long `calls` of `work` take. The shortest of all series in 30 ms is
/// the one that was disturbed least.
fn best(calls: u64, work: impl Fn() -> u64) -> Duration {
    let (mut best, first) = (Duration::MAX, Instant::now());
    while first.elapsed() < Duration::from_millis(30) {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(work());
        }
        best = best.min(start.elapsed());
    }
    best
}

/// How many times as fast `par_iter` is as `iter`.
fn speed_up(count: u64) -> f64 {
    let prices: Vec<u64> = (0..count).collect();
    // Few squares are done before a clock has moved.
    let calls = (10_000 / count).max(1);
    let one = best(calls, || prices.iter().map(square).sum());
    let all = best(calls, || prices.par_iter().map(square).sum());
    one.as_secs_f64() / all.as_secs_f64()
}

fn main() {
    println!("squares  times as fast");
    for digits in 1..=6 {
        let count = 10_u64.pow(digits);
        // In the pool, so that no call has to be handed over to it.
        let times = rayon::scope(|_| speed_up(count));
        println!("{count:<7}  {times:>13.3}");
    }
}
