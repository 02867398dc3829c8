use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// Works without a single `.await`, until it sees the other cook at work.
async fn cook(
    at_work: Arc<[AtomicBool; 2]>,
    me: usize,
    limit: Duration,
) -> bool {
    at_work[me].store(true, Relaxed);
    let start = Instant::now();
    while start.elapsed() < limit {
        if at_work[1 - me].load(Relaxed) {
            return true;
        }
        thread::yield_now();
    }
    at_work[me].store(false, Relaxed);
    false
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    let limit = Duration::from_millis(20);
    let kitchen = Arc::new([const { AtomicBool::new(false) }; 2]);
    let met = tokio::join!(
        cook(kitchen.clone(), 0, limit),
        cook(kitchen.clone(), 1, limit),
    );
    println!("join!: saw each other at work: {met:?}");

    let limit = Duration::from_secs(10);
    let first = tokio::spawn(cook(kitchen.clone(), 0, limit));
    let second = tokio::spawn(cook(kitchen, 1, limit));
    println!(
        "spawn: saw each other at work: {:?}",
        (first.await?, second.await?)
    );
    Ok(())
}
