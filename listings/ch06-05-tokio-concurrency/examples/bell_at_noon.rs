use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::timeout;

/// Waits for the bell, but not for ever.
async fn heard(bell: &Notify) -> &'static str {
    match timeout(Duration::from_secs(1), bell.notified()).await {
        Ok(()) => "heard",
        Err(_) => "nothing",
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let bell = Notify::new();
    bell.notify_one();
    bell.notify_one();
    let (first, second) = (heard(&bell).await, heard(&bell).await);
    println!("notify_one twice, then two waits: {first}, {second}");

    bell.notify_waiters();
    println!("notify_waiters, then one wait: {}", heard(&bell).await);
}
