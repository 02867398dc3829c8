use std::thread::sleep;
use std::time::{Duration, Instant};
use tokio::time::timeout;

#[tokio::main]
async fn main() {
    let start = Instant::now();
    let eggs = timeout(Duration::from_millis(20), async {
        sleep(Duration::from_millis(60));
        "eggs"
    });
    println!("{:?}", eggs.await);
    let late = start.elapsed() >= Duration::from_millis(60);
    println!("waited for all 60 ms: {late}");
}
