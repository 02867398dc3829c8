use std::sync::mpsc;
use std::time::Duration;
use tokio::fs;
use tokio::runtime::Builder;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Two threads instead of 512: the queue forms earlier, for one reason.
    let runtime = Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(2)
        .build()?;
    runtime.block_on(async {
        let mut bells = Vec::new();
        for _ in 0..2 {
            let (ring, bell) = mpsc::channel::<()>();
            bells.push(ring);
            spawn_blocking(move || bell.recv());
        }

        let limit = Duration::from_millis(50);
        let while_full = timeout(limit, fs::try_exists(".")).await;
        println!("pool full: {while_full:?}");

        // Dropping the senders ends both closures.
        drop(bells);
        println!("pool free: {:?}", fs::try_exists(".").await?);
        Ok(())
    })
}
