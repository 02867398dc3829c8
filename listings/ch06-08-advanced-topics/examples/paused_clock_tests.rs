use std::error::Error;
use std::thread;
use std::time::Duration;
use tokio::task::{spawn_blocking, yield_now};
use tokio::time::{Instant, sleep, timeout};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    let real = std::time::Instant::now();

    let clock = Instant::now();
    sleep(Duration::from_secs(3600)).await;
    println!("an hour of sleep: {:?}", clock.elapsed());

    let clock = Instant::now();
    for _ in 0..1000 {
        yield_now().await;
    }
    println!("a thousand yields: {:?}", clock.elapsed());

    let clock = Instant::now();
    let wash = spawn_blocking(|| thread::sleep(Duration::from_millis(50)));
    let washed = timeout(Duration::from_millis(1), wash).await;
    println!("50 ms of blocking work: {:?}", clock.elapsed());
    println!("finished within 1 ms: {}", washed.is_ok());

    if real.elapsed() > Duration::from_secs(60) {
        return Err("the hour was a real one".into());
    }
    Ok(())
}
