use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const AT_ONCE: usize = 3;

/// Runs each order as a task, and returns how many were done, how many
/// panicked, and how many tasks the set held at most.
async fn run_all(
    orders: impl Iterator<Item: Future<Output = ()> + Send + 'static>,
) -> (usize, usize, usize) {
    let (mut orders, mut set) = (orders.fuse(), JoinSet::new());
    let (mut done, mut lost, mut peak) = (0, 0, 0);
    loop {
        // In a full set, a result goes before the next task comes.
        if set.len() < AT_ONCE
            && let Some(order) = orders.next()
        {
            set.spawn(order);
            peak = peak.max(set.len());
            continue;
        }
        match set.join_next().await {
            Some(Ok(())) => done += 1,
            Some(Err(_)) => lost += 1,
            None => return (done, lost, peak),
        }
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let dishes = (0..10).map(|_| sleep(Duration::from_millis(100)));
    let (done, lost, peak) = run_all(dishes).await;
    let ms = start.elapsed().as_millis();
    println!("{done} done, {lost} lost, at most {peak} in the set, {ms} ms");
}
