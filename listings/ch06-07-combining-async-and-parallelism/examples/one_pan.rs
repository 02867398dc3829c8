use rayon::{ThreadPoolBuildError, ThreadPoolBuilder, current_thread_index};
use std::sync::{Barrier, Mutex};

const INTACT: &str = "no job panics while it holds the pan";

fn main() -> Result<(), ThreadPoolBuildError> {
    let pool = ThreadPoolBuilder::new().num_threads(2).build()?;
    let pan = Mutex::new("pan");
    let (begun, tried) = (Barrier::new(2), Barrier::new(2));
    let (pan, tried) = (&pan, &tried);
    pool.scope(|kitchen| {
        let guard = pan.lock().expect(INTACT);
        let holder = current_thread_index();
        rayon::join(
            // This half ends when the other thread has begun with its own,
            || begun.wait(),
            // which ends when somebody has tried to fry eggs.
            || {
                kitchen.spawn(move |_| {
                    let here = current_thread_index() == holder;
                    println!("on the thread that holds the pan: {here}");
                    println!("the pan is free: {}", pan.try_lock().is_ok());
                    tried.wait();
                });
                begun.wait();
                tried.wait();
            },
        );
        drop(guard);
    });
    println!("now it is free: {}", pan.try_lock().is_ok());
    Ok(())
}
