use std::error::Error;
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use tokio::task::spawn_blocking;
use tokio::time::timeout;

const LIMIT: Duration = Duration::from_millis(10);
const WORK: Duration = Duration::from_millis(60);

fn chop() -> &'static str {
    thread::sleep(WORK);
    "chopped"
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    let result = timeout(LIMIT, async { chop() }).await;
    let late = start.elapsed() >= WORK;
    println!("on the runtime's thread: {result:?}, 50 ms late: {late}");

    let (done, finished) = mpsc::channel();
    let job = spawn_blocking(move || done.send(chop()));
    let result = timeout(LIMIT, job).await;
    println!(
        "on the blocking pool:    {:?}",
        result.map_err(|e| e.to_string())
    );
    println!("and the job went on:     {}", finished.recv()?);
    Ok(())
}
