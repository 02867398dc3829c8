use futures::future::join_all;
use futures::stream::{self, StreamExt};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

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
    stream::iter(0..10)
        .map(|_| cook(stove.clone()))
        .buffer_unordered(3)
        .collect::<Vec<()>>()
        .await;
    report("buffer_unordered(3)", start, &stove);

    let (start, stove) = (Instant::now(), Arc::<Stove>::default());
    let plates = Arc::new(Semaphore::new(3));
    let mut set = JoinSet::new();
    for _ in 0..10 {
        // Before the spawn, so that waiting orders are not tasks yet.
        let plate = Arc::clone(&plates).acquire_owned().await;
        let plate = plate.expect("nobody closes the semaphore");
        let stove = Arc::clone(&stove);
        set.spawn(async move {
            cook(stove).await;
            drop(plate);
        });
    }
    set.join_all().await;
    report("JoinSet and Semaphore(3)", start, &stove);
}
