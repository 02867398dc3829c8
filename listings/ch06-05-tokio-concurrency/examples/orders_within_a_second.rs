use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

const OPEN: Duration = Duration::from_secs(1);

/// Ten orders, one every 400 ms.
async fn guests(orders: mpsc::Sender<u32>) {
    for number in 1..=10 {
        if orders.send(number).await.is_err() {
            return; // the counter is closed
        }
        sleep(Duration::from_millis(400)).await;
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (orders, mut counter) = mpsc::channel(1);
    tokio::spawn(guests(orders));

    let mut served = 0;
    let why = loop {
        tokio::select! {
            order = counter.recv() => match order {
                Some(_) => served += 1,
                None => break "no more guests",
            },
            () = sleep(OPEN) => break "time is up",
        }
    };
    let ms = start.elapsed().as_millis();
    println!("{why} after {ms} ms, orders served: {served}");
}
