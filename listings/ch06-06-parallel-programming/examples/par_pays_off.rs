use rayon::prelude::*;
use std::hint::black_box;
use std::time::{Duration, Instant};

/// Without optimisation nothing is measured, and a short run is enough.
const SERIES: Duration =
    Duration::from_millis(if cfg!(debug_assertions) { 1 } else { 30 });

/// Never inlined, so that both ways run the same code for an item.
#[inline(never)]
fn square(x: u64, times: u32) -> u64 {
    (0..times).fold(x, |x, _| x.wrapping_mul(x))
}

/// How long `calls` of `work` take. The shortest of all series is the one that
/// was disturbed least.
fn best(calls: u64, work: impl Fn() -> u64) -> Duration {
    let (mut best, first) = (Duration::MAX, Instant::now());
    while first.elapsed() < SERIES {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(work());
        }
        best = best.min(start.elapsed());
    }
    best
}

/// How many times as fast `par_iter` is as `iter`.
fn speed_up(count: u64, times: u32) -> f64 {
    let prices: Vec<u64> = (0..count).collect();
    let add = |a: u64, b: u64| a.wrapping_add(b);
    // Few squares are done before a clock has moved.
    let calls = (10_000 / count).max(1);
    let one = best(calls, || {
        prices.iter().map(|x| square(*x, times)).fold(0, add)
    });
    let all = best(calls, || {
        prices
            .par_iter()
            .map(|x| square(*x, times))
            .reduce(|| 0, add)
    });
    one.as_secs_f64() / all.as_secs_f64()
}

fn main() {
    println!("items   1 square  10 squares  100 squares");
    for digits in 1..=5 {
        let count = 10_u64.pow(digits);
        // In the pool, so that no call has to be handed over to it.
        let [one, ten, hundred] =
            [1, 10, 100].map(|times| rayon::scope(|_| speed_up(count, times)));
        println!("{count:<6}  {one:>8.3}  {ten:>10.3}  {hundred:>11.3}");
    }
}
