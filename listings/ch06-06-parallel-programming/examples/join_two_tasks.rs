use tokio::time::{Duration, sleep};

async fn toast() {
    sleep(Duration::from_secs(2)).await;
    println!("the toast is served");
}

async fn eggs() {
    sleep(Duration::from_secs(1)).await;
    panic!("the pan is on fire");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let toast = tokio::spawn(toast());
    let eggs = tokio::spawn(eggs());

    let _ = tokio::try_join!(toast, eggs);
    println!("the kitchen closes");
}
