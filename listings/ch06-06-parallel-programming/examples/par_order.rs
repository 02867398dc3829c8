use rayon::prelude::*;
use rayon::{ThreadPoolBuildError, ThreadPoolBuilder};
use std::sync::{Barrier, Mutex};

fn main() -> Result<(), ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(2).build()?;
    let finished = Mutex::new(Vec::new());
    let done = |order| finished.lock().expect("no panic").push(order);
    let table = Barrier::new(2);

    // Order 0 waits until order 1 is done, so the second always ends first.
    let cook = |order: usize| {
        if order == 1 {
            done(order);
        }
        table.wait();
        if order == 0 {
            done(order);
        }
        order
    };
    let orders = || (0..2).into_par_iter().with_max_len(1);
    let plates: Vec<usize> = pool.install(|| orders().map(cook).collect());

    println!("finished: {:?}", finished.lock().expect("no panic"));
    println!("collected: {plates:?}");
    Ok(())
}
