use tokio::join;
use tokio::time::{Duration, Instant, sleep};

struct Kitchen {
    opened: Instant,
}

impl Kitchen {
    fn note(&self, what: &str) {
        println!("{:>3} ms  {what}", self.opened.elapsed().as_millis());
    }

    async fn cook(&self, dish: &str, ms: u64) {
        self.note(&format!("{dish} on, timer set to {ms} ms"));
        sleep(Duration::from_millis(ms)).await;
        self.note(&format!("{dish} off"));
    }

    async fn clean(&self) {
        self.note("the table is clean");
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("one thing at a time");
    let kitchen = Kitchen {
        opened: Instant::now(),
    };
    kitchen.cook("eggs", 300).await;
    kitchen.cook("toast", 200).await;
    kitchen.clean().await;
    kitchen.note("served");

    println!("one cook, two timers");
    let kitchen = Kitchen {
        opened: Instant::now(),
    };
    join!(
        kitchen.cook("eggs", 300),
        kitchen.cook("toast", 200),
        kitchen.clean(),
    );
    kitchen.note("served");
}
