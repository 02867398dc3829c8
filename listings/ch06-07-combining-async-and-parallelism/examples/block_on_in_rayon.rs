use std::sync::mpsc;
use std::time::Duration;
use tokio::runtime::Runtime;
use tokio::sync::oneshot;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = Runtime::new()?;
    let handle = runtime.handle().clone();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build()?;
    let (done, outcome) = mpsc::channel();

    pool.spawn(move || {
        let (tx, rx) = oneshot::channel();
        // Goes into the queue of the one thread that is busy right here.
        rayon::spawn(move || {
            let _ = tx.send("sauce");
        });
        let _ = done.send(handle.block_on(rx));
    });

    let limit = Duration::from_millis(200);
    println!("block_on in the pool: {:?}", outcome.recv_timeout(limit));
    // Dropping the pool would not wait for its thread, and neither do we.
    Ok(())
}
