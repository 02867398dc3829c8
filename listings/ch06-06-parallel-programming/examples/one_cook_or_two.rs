use rayon::prelude::*;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::hint::black_box;
use std::time::Instant;

const COOKS: usize = 2;
const POTATOES: u64 = 1000;
/// Without optimisation nothing is measured, and a short run is enough.
const CUTS: u64 = if cfg!(debug_assertions) { 50 } else { 130_000 };
const SAMPLES: usize = if cfg!(debug_assertions) { 1 } else { 7 };

fn cut(potato: u64) -> u64 {
    (0..black_box(CUTS)).fold(potato, |seed, cut| {
        seed.wrapping_mul(6_364_136_223_846_793_005) ^ cut
    })
}

/// The median of some runs, in milliseconds.
fn milliseconds(work: impl Fn() -> u64) -> f64 {
    let mut times = [(); SAMPLES].map(|()| {
        let start = Instant::now();
        black_box(work());
        start.elapsed().as_secs_f64() * 1e3
    });
    times.sort_by(f64::total_cmp);
    times[SAMPLES / 2]
}

fn main() -> Result<(), ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(COOKS).build()?;
    println!("alone (%)  one (ms)  two (ms)  gain   Karp-Flatt (%)");
    for percent in [0, 5, 20, 50] {
        let alone = 0..POTATOES * percent / 100;
        let rest = alone.end..POTATOES;
        let sum = |a: u64, b: u64| a.wrapping_add(b);
        let first = || alone.clone().map(cut).fold(0, sum);

        let one =
            milliseconds(|| sum(first(), rest.clone().map(cut).fold(0, sum)));
        let two = milliseconds(|| {
            let rest = rest.clone().into_par_iter();
            let share = || rest.map(cut).reduce(|| 0, sum);
            sum(first(), pool.install(share))
        });

        let (gain, cooks) = (one / two, COOKS as f64);
        let share = (1.0 / gain - 1.0 / cooks) / (1.0 - 1.0 / cooks);
        let share = 100.0 * share;
        println!(
            "{percent:<9}  {one:>8.1}  {two:>8.1}  {gain:.3}  {share:>14.1}"
        );
    }
    Ok(())
}
