use std::sync::Arc;
use std::time::Duration;
use tokio::sync::{Mutex, mpsc};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

type Inbox = Arc<Mutex<mpsc::Receiver<&'static str>>>;

/// Cooks until there are no more orders. Returns how many there were.
async fn cook(inbox: Inbox) -> usize {
    let mut dishes = 0;
    loop {
        // The lock is free again at the semicolon, before the dish.
        let order = inbox.lock().await.recv().await;
        let Some(_dish) = order else { return dishes };
        sleep(Duration::from_millis(100)).await;
        dishes += 1;
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (orders, inbox) = mpsc::channel(2);
    let inbox = Arc::new(Mutex::new(inbox));
    let cooks = [cook(Arc::clone(&inbox)), cook(inbox)];
    let cooks: JoinSet<_> = cooks.into_iter().collect();
    for _ in 0..6 {
        // It fails when the last cook has gone.
        if orders.send("eggs").await.is_err() {
            break;
        }
    }
    drop(orders);
    let dishes = cooks.join_all().await;
    println!("{dishes:?} dishes, {} ms", start.elapsed().as_millis());
}
