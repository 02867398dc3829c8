use std::time::Duration;
use tokio::time::sleep;

async fn cook(dish: &str, portions: u32) -> u32 {
    sleep(Duration::from_millis(100)).await;
    assert!(portions > 0, "{dish}: nothing left");
    portions
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let soup = tokio::spawn(cook("soup", 0));
    let toast = tokio::spawn(cook("toast", 2));

    let _ = soup.await;
    let _ = toast.await;
    println!("everything is served");
}
