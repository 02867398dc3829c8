use futures::future::join_all;
use futures::stream::{self, StreamExt};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

const AT_ONCE: usize = 3;

#[derive(Default)]
struct Stove {
    busy: AtomicUsize,
    peak: AtomicUsize,
}

async fn cook(stove: Arc<Stove>) {
    let busy = stove.busy.fetch_add(1, Relaxed) + 1;
    stove.peak.fetch_max(busy, Relaxed);
    sleep(Duration::from_millis(100)).await;
    stove.busy.fetch_sub(1, Relaxed);
}

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

fn report(way: &str, start: Instant, stove: &Stove) {
    let ms = start.elapsed().as_millis();
    println!("{way}: {ms} ms, {:?} at once", stove.peak);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (start, stove) = (Instant::now(), Arc::<Stove>::default());
    join_all((0..10).map(|_| cook(stove.clone()))).await;
    report("join_all", start, &stove);

    let (start, stove) = (Instant::now(), Arc::<Stove>::default());
    let dishes = stream::iter(0..10).map(|_| cook(stove.clone()));
    dishes.buffer_unordered(AT_ONCE).count().await;
    report("buffer_unordered", start, &stove);

    let (start, stove) = (Instant::now(), Arc::<Stove>::default());
    let dishes = (0..10).map(|_| cook(stove.clone()));
    let (done, lost, peak) = run_all(dishes).await;
    report("JoinSet", start, &stove);
    println!("{done} done, {lost} lost, at most {peak} in the set");
}
