#![forbid(unsafe_code)]

use rayon::prelude::*;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering::SeqCst};

const ROUNDS: u32 = 20;

fn main() -> Result<(), ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(2).build()?;
    let (lost, kept) = (AtomicU32::new(0), AtomicU32::new(0));
    let table = Barrier::new(2);
    let pair = || (0..2).into_par_iter().with_max_len(1);

    pool.install(|| {
        for _ in 0..ROUNDS {
            pair().for_each(|_| {
                let seen = lost.load(SeqCst);
                table.wait(); // Any pause here will do; this one is certain.
                lost.store(seen + 1, SeqCst);
            });
            pair().for_each(|_| {
                table.wait();
                kept.fetch_add(1, SeqCst);
            });
        }
    });
    let all = 2 * ROUNDS;
    println!("load, store: {} of {all}", lost.into_inner());
    println!("fetch_add: {} of {all}", kept.into_inner());
    let sum: u32 = (0..all).into_par_iter().map(|_| 1).sum();
    println!("no shared counter: {sum} of {all}");
    Ok(())
}
