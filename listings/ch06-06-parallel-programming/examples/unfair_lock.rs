use std::cell::Cell;
use tokio::sync::Notify;
use tokio::task::yield_now;

/// Works as most locks do: unlocking frees it and wakes one waiter, who
/// must then win it against everyone else.
#[derive(Default)]
struct Stove {
    taken: Cell<bool>,
    freed: Notify,
}

impl Stove {
    /// Returns how often it had to be woken.
    async fn lock(&self) -> u32 {
        let mut woken = 0;
        while self.taken.replace(true) {
            self.freed.notified().await;
            woken += 1;
        }
        woken
    }

    fn unlock(&self) {
        self.taken.set(false);
        self.freed.notify_one();
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let stove = Stove::default();
    let cook = async {
        for turn in 1..=4 {
            stove.lock().await;
            println!("cook: turn {turn}");
            yield_now().await; // A slice of work, with the stove taken.
            stove.unlock();
        }
    };
    let waiter = async {
        let woken = stove.lock().await;
        println!("waiter: served, after it was woken {woken} times");
        stove.unlock();
    };
    tokio::join!(biased; cook, waiter);
}
