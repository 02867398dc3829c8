use rayon::prelude::*;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::collections::HashSet;
use std::hint::black_box;

fn main() -> Result<(), ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(2).build()?;
    let orders: Vec<i32> = (1..=10).collect();

    let squares: Vec<i32> =
        pool.install(|| orders.par_iter().map(|x| x * x).collect());
    println!("{squares:?}");

    let mut by_one_thread = 0;
    for _ in 0..1000 {
        let threads: HashSet<Option<usize>> = pool.install(|| {
            orders
                .par_iter()
                .map(|x| {
                    black_box(x * x);
                    rayon::current_thread_index()
                })
                .collect()
        });
        by_one_thread += usize::from(threads.len() == 1);
    }
    println!("one thread did all ten: {by_one_thread} of 1000 runs");
    Ok(())
}
