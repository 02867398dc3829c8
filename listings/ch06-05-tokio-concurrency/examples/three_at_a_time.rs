use futures::future::join_all;
use futures::stream::{self, StreamExt};
use std::cell::Cell;
use std::time::Duration;
use tokio::time::{Instant, sleep};

const AT_ONCE: usize = 3;

#[derive(Default)]
struct Stove {
    busy: Cell<usize>,
    peak: Cell<usize>,
}

async fn cook(stove: &Stove) {
    stove.busy.update(|busy| busy + 1);
    stove.peak.set(stove.peak.get().max(stove.busy.get()));
    sleep(Duration::from_millis(100)).await;
    stove.busy.update(|busy| busy - 1);
}

fn report(way: &str, start: Instant, stove: &Stove) {
    let (ms, peak) = (start.elapsed().as_millis(), stove.peak.get());
    println!("{way}: {ms} ms, {peak} at once");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let (start, stove) = (Instant::now(), Stove::default());
    join_all((0..10).map(|_| cook(&stove))).await;
    report("join_all", start, &stove);

    let (start, stove) = (Instant::now(), Stove::default());
    let dishes = stream::iter(0..10).map(|_| cook(&stove));
    dishes.buffer_unordered(AT_ONCE).count().await;
    report("buffer_unordered", start, &stove);
}
