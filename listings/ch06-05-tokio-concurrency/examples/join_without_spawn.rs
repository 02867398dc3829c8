use std::cell::RefCell;
use std::time::Duration;
use tokio::runtime::Handle;
use tokio::time::{Instant, sleep};

async fn cook(served: &RefCell<Vec<String>>, dish: &str, ms: u64) {
    sleep(Duration::from_millis(ms)).await;
    served.borrow_mut().push(format!("{dish} at {ms} ms"));
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let served = RefCell::new(Vec::new());
    let spawned = async {
        sleep(Duration::from_millis(1)).await;
        Handle::current().metrics().num_alive_tasks()
    };

    let ((), (), spawned) = tokio::join!(
        cook(&served, "soup", 2000),
        cook(&served, "toast", 1000),
        spawned,
    );

    println!("served: {}", served.borrow().join(", "));
    println!("all of it took {} ms", start.elapsed().as_millis());
    println!("tasks spawned for it: {spawned}");
}
