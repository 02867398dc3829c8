use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

const ROUNDS: u32 = 100;

/// The mean of the fastest of five series, so that a disturbance counts less.
async fn cost(once: impl AsyncFn()) -> Duration {
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            once().await;
        }
        best = best.min(start.elapsed() / ROUNDS);
    }
    best
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), String> {
    let inline = cost(async || {
        std::hint::black_box(2 + 2);
    })
    .await;
    let task = cost(async || {
        tokio::spawn(async { 2 + 2 }).await.expect("no panic");
    })
    .await;
    let rayon = cost(async || {
        let (tx, rx) = oneshot::channel();
        rayon::spawn(move || {
            let _ = tx.send(2 + 2);
        });
        rx.await.expect("the job answers");
    })
    .await;
    let blocking = cost(async || {
        spawn_blocking(|| 2 + 2).await.expect("no panic");
    })
    .await;
    println!("inline:           {inline:?}");
    println!("spawn, await:     {task:?}");
    println!("rayon, oneshot:   {rayon:?}");
    println!("spawn_blocking:   {blocking:?}");
    if [task, rayon, blocking]
        .iter()
        .any(|cost| *cost < inline * 10)
    {
        return Err("a hand-off costs less than ten additions".into());
    }
    Ok(())
}
