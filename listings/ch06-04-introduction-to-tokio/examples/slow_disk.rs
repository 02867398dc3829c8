use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::Duration;
use std::{io, thread};

use tokio::task::{JoinSet, spawn_blocking};

const FILES: u32 = 20;
const READ: Duration = Duration::from_millis(20);

static READING: AtomicU32 = AtomicU32::new(0);
static MOST: AtomicU32 = AtomicU32::new(0);

/// A file on a disk that takes its time, as `tokio::fs` would read it.
async fn read() -> io::Result<()> {
    let job = spawn_blocking(|| {
        MOST.fetch_max(READING.fetch_add(1, Relaxed) + 1, Relaxed);
        thread::sleep(READ);
        READING.fetch_sub(1, Relaxed);
    });
    job.await.map_err(io::Error::from)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    for _ in 0..FILES {
        read().await?;
    }
    println!("in a loop:    some at once: {}", MOST.swap(0, Relaxed) > 1);

    let mut reads: JoinSet<_> = (0..FILES).map(|_| read()).collect();
    while let Some(read) = reads.join_next().await {
        read??;
    }
    println!("in a JoinSet: some at once: {}", MOST.swap(0, Relaxed) > 1);
    Ok(())
}
