use std::time::Duration;
use tokio::sync::RwLock;
use tokio::time::timeout;

/// Takes an egg, if there is one.
async fn take(eggs: &RwLock<u32>) -> bool {
    let left = eggs.read().await;
    if *left == 0 {
        return false;
    }
    *eggs.write().await -= 1;
    true
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let eggs = RwLock::new(1);
    let hour = Duration::from_secs(3600);
    let both = async { tokio::join!(take(&eggs), take(&eggs)) };
    println!("taken: {:?}", timeout(hour, both).await);
    println!("left: {}", eggs.into_inner());
}
