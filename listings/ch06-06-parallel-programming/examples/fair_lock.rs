use std::sync::Arc;
use tokio::sync::Mutex;
use tokio::task::{JoinSet, yield_now};

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let served = Arc::new(Mutex::new(Vec::new()));
    let mut people = JoinSet::new();
    for name in ["cook", "waiter", "guest"] {
        let served = served.clone();
        people.spawn(async move {
            for turn in 1..=3 {
                // Locks again at once, as greedily as it can.
                let mut list = served.lock().await;
                list.push(format!("{name} {turn}"));
                // The others come to the lock and find it taken.
                yield_now().await;
            }
        });
    }
    people.join_all().await;
    for round in served.lock().await.chunks(3) {
        println!("{}", round.join(", "));
    }
}
