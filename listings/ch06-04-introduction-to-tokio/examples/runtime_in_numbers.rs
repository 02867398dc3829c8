use std::future::pending;
use std::io;

use tokio::runtime::{Builder, RuntimeMetrics};
use tokio::sync::oneshot;
use tokio::task::yield_now;

fn show(when: &str, metrics: &RuntimeMetrics) {
    let [workers, alive, queued] = [
        metrics.num_workers(),
        metrics.num_alive_tasks(),
        metrics.global_queue_depth(),
    ];
    println!("{when:<9} {workers} worker, {alive} alive, {queued} queued");
}

fn main() -> io::Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    let metrics = runtime.metrics();
    show("at first:", &metrics);

    // Nobody is inside the runtime yet: these tasks wait for their first poll.
    for _ in 0..3 {
        runtime.spawn(async {});
    }
    let (open, door) = oneshot::channel::<()>();
    runtime.spawn(door);
    let forever = runtime.spawn(pending::<()>());
    show("spawned:", &metrics);

    runtime.block_on(yield_now());
    show("polled:", &metrics);

    drop(open);
    forever.abort();
    runtime.block_on(yield_now());
    show("stopped:", &metrics);
    Ok(())
}
