use std::time::Duration;
use tokio::task::JoinError;
use tokio::time::sleep;

async fn cook(dish: &str, portions: u32) -> u32 {
    sleep(Duration::from_millis(100)).await;
    assert!(portions > 0, "{dish}: nothing left");
    portions
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), JoinError> {
    let soup = tokio::spawn(cook("soup", 0));
    let toast = tokio::spawn(cook("toast", 2));

    // Both are awaited before `?` may return, so that no task is left alone.
    let (soup, toast) = (soup.await, toast.await);
    println!("toast: {}", toast?);
    println!("soup: {}", soup?);
    println!("everything is served");
    Ok(())
}
