use std::thread::sleep;
use std::time::Duration;
use tokio::time::timeout;

#[tokio::main]
async fn main() {
    let eggs = timeout(Duration::from_millis(20), async {
        sleep(Duration::from_millis(60)).await;
        "eggs"
    });
    println!("{:?}", eggs.await);
}
