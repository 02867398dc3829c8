use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep, timeout_at};

const QUIET: Duration = Duration::from_millis(100);
const LONGEST: Duration = Duration::from_millis(500);

/// The last of the values that come one soon after the other: it is returned
/// when none has come for `QUIET`, or `LONGEST` after the first of them.
///
/// Not cancel safe: a call that is dropped takes the value with it.
async fn debounced<T>(values: &mut mpsc::Receiver<T>) -> Option<T> {
    let mut last = values.recv().await?;
    let mut now = Instant::now();
    let latest = now + LONGEST;
    while now < latest {
        let quiet = latest.min(now + QUIET);
        let Ok(Some(newer)) = timeout_at(quiet, values.recv()).await else {
            break;
        };
        (last, now) = (newer, Instant::now());
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

    while let Some(order) = debounced(&mut waiter).await {
        println!("[{:>3} ms] {order}", start.elapsed().as_millis());
    }
}
