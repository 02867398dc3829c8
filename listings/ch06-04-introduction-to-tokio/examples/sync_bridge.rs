use std::error::Error;
use std::io;
use std::thread;
use std::time::Duration;

use tokio::runtime::{Builder, Runtime};
use tokio::time::sleep;

async fn cook(dish: &'static str) -> &'static str {
    sleep(Duration::from_millis(100)).await;
    dish
}

/// What callers who know nothing of async see.
struct Kitchen(Runtime);

impl Kitchen {
    fn open() -> io::Result<Kitchen> {
        Ok(Kitchen(
            Builder::new_current_thread().enable_time().build()?,
        ))
    }

    fn order(&self, dish: &'static str) -> &'static str {
        self.0.block_on(cook(dish))
    }
}

fn main() -> Result<(), Box<dyn Error>> {
    let kitchen = Kitchen::open()?;
    println!("served: {}", kitchen.order("toast"));

    let eggs = kitchen.0.spawn(cook("eggs"));
    thread::sleep(Duration::from_millis(500));
    println!(
        "eggs ready after five times as long: {}",
        eggs.is_finished()
    );

    println!("served: {}", kitchen.0.block_on(eggs)?);
    Ok(())
}
