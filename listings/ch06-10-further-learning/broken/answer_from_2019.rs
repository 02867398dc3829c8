use std::time::Duration;
use tokio::time::delay_for;

#[tokio::main]
async fn main() {
    delay_for(Duration::from_millis(100)).await;
    println!("toast");
}
