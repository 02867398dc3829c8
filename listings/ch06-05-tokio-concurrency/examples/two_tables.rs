use std::time::Duration;
use tokio::sync::mpsc;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const TABLES: usize = 2;

fn log(start: Instant, text: &str) {
    println!("[{:>3} ms] {text}", start.elapsed().as_millis());
}

async fn eat(guest: u32) -> u32 {
    sleep(Duration::from_millis(100)).await;
    guest
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (street, mut door) = mpsc::channel(1);
    tokio::spawn(async move {
        for guest in 1..=4 {
            sleep(Duration::from_millis(10)).await;
            if street.send(guest).await.is_err() {
                return; // the house is closed
            }
        }
    });

    let mut eating = JoinSet::new();
    loop {
        tokio::select! {
            Some(guest) = door.recv(), if eating.len() < TABLES => {
                log(start, &format!("guest {guest} sits down"));
                eating.spawn(eat(guest));
            }
            Some(left) = eating.join_next() => match left {
                Ok(guest) => log(start, &format!("guest {guest} leaves")),
                Err(error) => eprintln!("error: {error}"),
            },
            else => break,
        }
    }
    log(start, "closed");
}
