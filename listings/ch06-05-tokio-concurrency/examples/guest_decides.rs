use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout};

/// The last of the values that come one soon after the other: it is returned
/// when nothing new has come for as long as `quiet`.
///
/// Not cancel safe: a call that is dropped takes the value with it.
async fn debounced<T>(
    values: &mut mpsc::Receiver<T>,
    quiet: Duration,
) -> Option<T> {
    let mut last = values.recv().await?;
    while let Ok(Some(newer)) = timeout(quiet, values.recv()).await {
        last = newer;
    }
    Some(last)
}

async fn guest(orders: mpsc::Sender<&str>) {
    let says = [("eggs", 30), ("no, toast", 50), ("no, soup", 400)];
    for (order, thinks) in says.into_iter().chain([("and tea", 0)]) {
        if orders.send(order).await.is_err() {
            return; // the waiter has gone
        }
        sleep(Duration::from_millis(thinks)).await;
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (orders, mut waiter) = mpsc::channel(8);
    tokio::spawn(guest(orders));

    let quiet = Duration::from_millis(100);
    while let Some(order) = debounced(&mut waiter, quiet).await {
        println!("[{:>3} ms] {order}", start.elapsed().as_millis());
    }
}
