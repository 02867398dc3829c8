use rayon::prelude::*;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};

fn main() -> Result<(), ThreadPoolBuildError> {
    for threads in [1, 2] {
        let pool = ThreadPoolBuilder::new().num_threads(threads).build()?;
        for identity in [0, 1] {
            let calls = AtomicU32::new(0);
            let start = || {
                calls.fetch_add(1, Relaxed);
                identity
            };
            let sum = pool.install(|| {
                (1..=1000).into_par_iter().reduce(start, |a, b| a + b)
            });
            let calls = calls.into_inner();
            assert_eq!(sum, 500_500 + identity * calls);
            println!(
                "threads {threads}: {sum} = 500500 + {identity} * {calls}"
            );
        }
    }
    Ok(())
}
