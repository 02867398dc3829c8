use std::time::Duration;
use tokio::sync::mpsc;
use tokio::time::{Instant, sleep};

fn log(start: Instant, text: &str) {
    println!("[{:>3} ms] {text}", start.elapsed().as_millis());
}

async fn orders(count: u32, every: u64, orders: mpsc::Sender<u32>) {
    for number in 1..=count {
        sleep(Duration::from_millis(every)).await;
        if orders.send(number).await.is_err() {
            return; // nobody takes orders any more
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (to_counter, mut counter) = mpsc::channel(8);
    let (to_phone, mut phone) = mpsc::channel(8);
    tokio::spawn(orders(1, 50, to_counter));
    tokio::spawn(orders(3, 80, to_phone));

    loop {
        tokio::select! {
            Some(n) = counter.recv() => log(start, &format!("counter: {n}")),
            Some(n) = phone.recv() => log(start, &format!("phone: {n}")),
            else => break,
        }
    }
    log(start, "closed");
}
