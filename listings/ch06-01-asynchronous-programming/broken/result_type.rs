use std::time::Duration;

use futures::future::try_join_all;
use tokio::task::JoinError;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    let orders = [1, 2, 3].map(|table| {
        tokio::spawn(async move {
            tokio::time::sleep(Duration::from_millis(table * 20)).await;
            table * 9
        })
    });
    let prices: Vec<i32> = try_join_all(orders).await?;
    println!("{prices:?}");
    Ok(())
}
