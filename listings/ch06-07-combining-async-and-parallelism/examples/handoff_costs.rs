use std::hint::black_box;
use std::time::Instant;
use tokio::sync::oneshot;
use tokio::task::spawn_blocking;

const ROUNDS: u32 = 1000;

fn add() -> u32 {
    black_box(2) + black_box(2)
}

/// The mean of the fastest of five series, so that a disturbance counts less.
async fn report(what: &str, once: impl AsyncFn() -> u32) {
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let start = Instant::now();
        for _ in 0..ROUNDS {
            black_box(once().await);
        }
        best = best.min(start.elapsed().as_secs_f64() / f64::from(ROUNDS));
    }
    println!("{what:<15}  {:>9.1}", best * 1e9);
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("by               time (ns)");
    report("inline", async || add()).await;
    report("spawn, await", async || {
        tokio::spawn(async { add() }).await.expect("no panic")
    })
    .await;
    report("rayon, oneshot", async || {
        let (tx, rx) = oneshot::channel();
        rayon::spawn(move || {
            let _ = tx.send(add());
        });
        rx.await.expect("the job answers")
    })
    .await;
    report("spawn_blocking", async || {
        spawn_blocking(add).await.expect("no panic")
    })
    .await;
}
