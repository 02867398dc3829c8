use tokio::task::JoinHandle;
use tokio::time::{Duration, Instant, sleep};
use tokio::{spawn, try_join};

async fn toast() -> Result<&'static str, String> {
    sleep(Duration::from_millis(1000)).await;
    println!("  (the toast is ready)");
    Ok("toast")
}

async fn eggs() -> Result<&'static str, String> {
    sleep(Duration::from_millis(10)).await;
    Err("no eggs left".to_owned())
}

/// Makes one `Result` of two: how the task ended, and what it returned.
async fn flat<T>(task: JoinHandle<Result<T, String>>) -> Result<T, String> {
    task.await.map_err(|end| end.to_string())?
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let meal = try_join!(spawn(toast()), spawn(eggs()));
    println!("handles: {meal:?} at {} ms", start.elapsed().as_millis());

    let start = Instant::now();
    let meal = try_join!(flat(spawn(toast())), flat(spawn(eggs())));
    println!("flat: {meal:?} at {} ms", start.elapsed().as_millis());
    sleep(Duration::from_secs(5)).await;

    let start = Instant::now();
    let meal = try_join!(toast(), eggs());
    println!("futures: {meal:?} at {} ms", start.elapsed().as_millis());
    sleep(Duration::from_secs(5)).await;
}
