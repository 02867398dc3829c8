use std::pin::pin;
use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, interval, sleep};
use tokio_stream::StreamExt;
use tokio_stream::wrappers::{IntervalStream, ReceiverStream};

async fn guests(orders: mpsc::Sender<&str>) {
    for (wait, dish) in [(40, "eggs"), (20, "toast"), (60, "soup")] {
        sleep(Duration::from_millis(wait)).await;
        if orders.send(dish).await.is_err() {
            return; // nobody takes orders any more
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (orders, counter) = mpsc::channel(8);
    tokio::spawn(guests(orders));

    let orders = ReceiverStream::new(counter);
    let clock = IntervalStream::new(interval(Duration::from_millis(50)));
    let mut events = pin!(orders.merge(clock.map(|_| "tick")).take(6));
    while let Some(event) = events.next().await {
        println!("[{:>3} ms] {event}", start.elapsed().as_millis());
    }
}
