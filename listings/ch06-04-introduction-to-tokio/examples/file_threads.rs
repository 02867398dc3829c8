use std::error::Error;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::time::{Duration, sleep};

static THREADS: AtomicUsize = AtomicUsize::new(0);

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread()
        .enable_all()
        .on_thread_start(|| {
            let _ = THREADS.fetch_add(1, Relaxed);
        })
        .build()?;
    runtime.block_on(kitchen())
}

async fn kitchen() -> Result<(), Box<dyn Error>> {
    sleep(Duration::from_millis(5)).await;
    println!("after a timer:  {} threads started", THREADS.load(Relaxed));

    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    tokio::try_join!(TcpStream::connect(address), listener.accept())?;
    println!("after a socket: {} threads started", THREADS.load(Relaxed));

    tokio::fs::read("Cargo.toml").await?;
    println!("after a file:   {} thread started", THREADS.load(Relaxed));
    Ok(())
}
