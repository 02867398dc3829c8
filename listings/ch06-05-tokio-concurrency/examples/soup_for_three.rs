use std::sync::{Mutex, PoisonError};
use std::time::Duration;
use tokio::sync::Notify;
use tokio::time::{Instant, sleep};

#[derive(Default)]
struct Pot {
    portions: Mutex<u32>,
    filled: Notify,
}

impl Pot {
    fn try_take(&self) -> bool {
        let portions = self.portions.lock();
        let mut portions = portions.unwrap_or_else(PoisonError::into_inner);
        let rest = portions.checked_sub(1);
        *portions = rest.unwrap_or(0);
        rest.is_some()
    }

    /// Takes a portion; while there is none, waits for more.
    async fn take(&self) {
        loop {
            // Before the look, so that no ring between the two is missed.
            let filled = self.filled.notified();
            if self.try_take() {
                return;
            }
            filled.await;
        }
    }

    /// A pot that is full stays full.
    fn fill(&self, count: u32) {
        let portions = self.portions.lock();
        let mut portions = portions.unwrap_or_else(PoisonError::into_inner);
        *portions = portions.saturating_add(count);
        self.filled.notify_waiters();
    }
}

async fn guest(start: Instant, pot: &Pot) {
    pot.take().await;
    println!("[{:>3} ms] a guest eats", start.elapsed().as_millis());
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (start, pot) = (Instant::now(), Pot::default());
    let cook = async {
        for count in [2, 1] {
            sleep(Duration::from_millis(100)).await;
            println!(
                "[{:>3} ms] portions: {count}",
                start.elapsed().as_millis()
            );
            pot.fill(count);
        }
    };
    let guest = || guest(start, &pot);
    tokio::join!(cook, guest(), guest(), guest());
}
