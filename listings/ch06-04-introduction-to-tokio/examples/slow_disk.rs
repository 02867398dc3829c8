use std::time::{Duration, Instant};
use std::{io, thread};

use tokio::task::{JoinSet, spawn_blocking};

const FILES: u32 = 20;
const READ: Duration = Duration::from_millis(20);

/// A file on a disk that takes its time, as `tokio::fs` would read it.
async fn read() -> io::Result<()> {
    let job = spawn_blocking(|| thread::sleep(READ));
    job.await.map_err(io::Error::from)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let start = Instant::now();
    for _ in 0..FILES {
        read().await?;
    }
    let sum = FILES * READ;
    println!("one by one:  all 400 ms: {}", start.elapsed() >= sum);

    let start = Instant::now();
    let mut reads: JoinSet<_> = (0..FILES).map(|_| read()).collect();
    while let Some(read) = reads.join_next().await {
        read??;
    }
    println!("all at once: all 400 ms: {}", start.elapsed() >= sum);
    Ok(())
}
