use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::sync::{Semaphore, oneshot};
use tokio::time::timeout;

/// So many jobs run or stand in the queue; other callers wait.
const MAX_JOBS: usize = 64;
static ROOM: Semaphore = Semaphore::const_new(MAX_JOBS);

type Asked<'a> = &'a (dyn Fn() -> bool + Sync);

/// Runs `job` on the rayon pool. The job may ask whether to stop.
async fn run_on_rayon<T, F>(job: F) -> thread::Result<T>
where
    T: Send + 'static,
    F: FnOnce(Asked<'_>) -> T + Send + 'static,
{
    let room = ROOM.acquire().await.expect("nobody closes it");
    let (tx, rx) = oneshot::channel();
    rayon::spawn(move || {
        // The job's, not the caller's: it may run when the caller has left.
        let _room = room;
        // The caller may have left while the job stood in the queue.
        if tx.is_closed() {
            return;
        }
        let stop = || tx.is_closed();
        let result = catch_unwind(AssertUnwindSafe(|| job(&stop)));
        // An error says that the caller has left: nobody misses the result.
        let _ = tx.send(result);
    });
    rx.await.expect("the job answers as long as we wait here")
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let sum = run_on_rayon(|_| (1..=100).sum::<u32>()).await;
    println!("value: {:?}", sum.ok());

    let burnt = run_on_rayon(|_| panic!("the bread is burnt")).await;
    if let Err(payload) = burnt.map(|()| "no panic") {
        println!("panic: {:?}", payload.downcast_ref::<&str>());
    }

    let (ended, end) = mpsc::channel();
    let (begin, begun) = oneshot::channel();
    let mut endless = Box::pin(run_on_rayon(move |stop| {
        // It fails when the caller has left; then `stop` tells it.
        let _ = begin.send(());
        while !stop() {
            thread::yield_now();
        }
        ended.send("the job saw that nobody waits")
    }));
    // A job that still stands in the queue would never begin.
    tokio::select! {
        _ = &mut endless => {}
        _ = begun => {}
    }
    let waited = timeout(Duration::from_millis(20), endless).await;
    println!("timeout: {}", waited.is_err());
    println!("{}", end.recv()?);
    Ok(())
}
