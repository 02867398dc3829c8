use std::error::Error;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::task::spawn_blocking;
use tokio::time::sleep;
use tracing::{Level, trace};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    tracing_subscriber::fmt()
        .with_max_level(Level::TRACE)
        .without_time()
        .with_ansi(false)
        .init();

    trace!("the kitchen opens");
    let (send, mut receive) = mpsc::channel(1);
    let plates = Arc::new(Mutex::new(0));
    let shelf = plates.clone();
    let cook = tokio::spawn(async move {
        sleep(Duration::from_millis(1)).await;
        *shelf.lock().await += 1;
        send.send("toast").await
    });
    receive.recv().await;
    cook.await??;
    spawn_blocking(|| ()).await?;
    trace!("the kitchen closes, plates: {}", plates.lock().await);
    Ok(())
}
