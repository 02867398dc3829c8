use std::time::Duration;
use tokio::sync::mpsc;
use tokio::sync::mpsc::error::SendError;
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), SendError<&'static str>> {
    let (counter, mut cook) = mpsc::channel(8);
    let phone = counter.clone();
    counter.send("eggs").await?;
    phone.send("toast").await?;
    drop(counter);

    let hour = Duration::from_secs(3600);
    for _ in 0..3 {
        println!("{:?}", timeout(hour, cook.recv()).await);
    }
    drop(phone);
    println!("{:?}", timeout(hour, cook.recv()).await);
    Ok(())
}
