use rayon::prelude::*;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::collections::HashSet;

fn main() -> Result<(), ThreadPoolBuildError> {
    let scale = [1e8_f32, 1.0, -1e8, 1.0];
    let whole: f32 = scale.par_iter().with_min_len(4).sum();
    let halves: f32 = scale.par_chunks(2).map(|c| c.iter().sum::<f32>()).sum();
    println!("in one piece: {whole}, in two: {halves}, exactly: 2");

    let weights: Vec<f32> = (1..=50_000).map(|i| 1.0 / i as f32).collect();
    let [one, four] = [1, 4]
        .map(|threads| ThreadPoolBuilder::new().num_threads(threads).build());
    let (one, four) = (one?, four?);

    let free = || weights.par_iter().sum::<f32>().to_bits();
    let sums: HashSet<u32> = (0..100).map(|_| four.install(free)).collect();
    println!("rayon splits, 100 runs: {} different sums", sums.len());

    // `collect` keeps the order of the pieces; one thread adds them up.
    let fixed = || {
        let pieces = weights.par_chunks(4096).map(|c| c.iter().sum());
        pieces.collect::<Vec<f32>>().iter().sum::<f32>().to_bits()
    };
    let mut sums: HashSet<u32> =
        (0..100).map(|_| four.install(fixed)).collect();
    sums.insert(one.install(fixed));
    println!("we split, 101 runs: {} different sum", sums.len());
    Ok(())
}
