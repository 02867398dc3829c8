use tokio::task::{JoinError, block_in_place};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    let baking = tokio::spawn(async { block_in_place(|| 2 + 2) });
    println!("{} loaves", baking.await?);
    Ok(())
}
