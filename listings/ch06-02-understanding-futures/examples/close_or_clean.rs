use std::error::Error;
use std::time::Duration;

use tokio::sync::mpsc::{self, UnboundedSender};
use tokio::time::{sleep, timeout};

async fn book(takings: u32) {
    sleep(Duration::from_millis(100)).await;
    println!("  booked {takings}");
}

struct Till {
    takings: u32,
    cleaner: UnboundedSender<u32>,
}

impl Till {
    async fn close(mut self) {
        book(self.takings).await;
        // Not before: a close that is dropped halfway leaves it to `drop`.
        self.takings = 0;
    }
}

impl Drop for Till {
    fn drop(&mut self) {
        if self.takings > 0 && self.cleaner.send(self.takings).is_err() {
            eprintln!("{} is lost: the cleaner has gone", self.takings);
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    let (cleaner, mut left_open) = mpsc::unbounded_channel();
    let cleaning = tokio::spawn(async move {
        while let Some(takings) = left_open.recv().await {
            book(takings).await;
        }
    });
    let till = |takings| Till {
        takings,
        cleaner: cleaner.clone(),
    };

    println!("closed");
    till(10).close().await;
    println!("dropped");
    drop(till(20));
    println!("dropped while it closes");
    timeout(Duration::from_millis(50), till(30).close())
        .await
        .ok();

    println!("closing time");
    drop(cleaner);
    cleaning.await?;
    println!("the kitchen is closed");
    Ok(())
}
