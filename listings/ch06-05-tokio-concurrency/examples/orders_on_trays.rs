use std::pin::pin;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::ReceiverStream;

/// Five dishes at once, and after a while one more.
async fn cook(pass: mpsc::Sender<u32>) {
    for dish in 1..=6 {
        if dish == 6 {
            sleep(Duration::from_millis(500)).await;
        }
        if pass.send(dish).await.is_err() {
            return; // nobody serves any more
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (pass, dishes) = mpsc::channel(8);
    tokio::spawn(cook(pass));

    let dishes = ReceiverStream::new(dishes);
    let mut trays = pin!(dishes.chunks_timeout(3, Duration::from_millis(100)));
    while let Some(tray) = trays.next().await {
        println!("[{:>3} ms] {tray:?}", start.elapsed().as_millis());
    }
}
