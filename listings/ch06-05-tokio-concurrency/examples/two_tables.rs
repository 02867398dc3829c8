use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const TABLES: usize = 2;

fn log(start: Instant, text: &str) {
    println!("[{:>3} ms] {text}", start.elapsed().as_millis());
}

async fn eat(start: Instant, guest: u32) {
    log(start, &format!("guest {guest} sits down"));
    sleep(Duration::from_millis(100)).await;
    log(start, &format!("guest {guest} leaves"));
}

/// Lets guests in while a table is free, until the door is closed and all have
/// left. Returns how many of them panicked.
async fn open<F>(mut door: mpsc::Receiver<F>) -> usize
where
    F: Future<Output = ()> + Send + 'static,
{
    let (mut eating, mut faults) = (JoinSet::new(), 0);
    loop {
        tokio::select! {
            Some(guest) = door.recv(), if eating.len() < TABLES => {
                eating.spawn(guest);
            }
            Some(left) = eating.join_next() => {
                faults += usize::from(left.is_err());
            }
            else => return faults,
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (street, door) = mpsc::channel(1);
    tokio::spawn(async move {
        for guest in 1..=4 {
            sleep(Duration::from_millis(10)).await;
            if street.send(eat(start, guest)).await.is_err() {
                return; // the house is closed
            }
        }
    });
    let faults = open(door).await;
    log(start, &format!("closed, faults: {faults}"));
}
