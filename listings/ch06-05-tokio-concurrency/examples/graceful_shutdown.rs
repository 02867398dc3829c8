use std::time::Duration;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

fn log(start: Instant, text: &str) {
    println!("[{:>4} ms] {text}", start.elapsed().as_millis());
}

async fn cook(
    start: Instant,
    name: &str,
    ms: u64,
    mut closing: watch::Receiver<bool>,
) {
    let mut dishes = 0;
    while !*closing.borrow_and_update() {
        // The dish is not in the select!: it is never left half done.
        sleep(Duration::from_millis(ms)).await;
        dishes += 1;
        tokio::select! {
            _ = closing.changed() => break,
            () = sleep(Duration::from_millis(20)) => {} // the next order
        }
    }
    log(start, &format!("{name} goes home after {dishes} dishes"));
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let (close, closing) = watch::channel(false);
    let mut cooks = JoinSet::new();
    for (name, ms) in [("Ann", 100), ("Bob", 170), ("Cid", 60_000)] {
        cooks.spawn(cook(start, name, ms, closing.clone()));
    }

    sleep(Duration::from_millis(250)).await; // stands for Ctrl-C
    log(start, "last orders");
    close.send_replace(true);

    let all_home = async { while cooks.join_next().await.is_some() {} };
    if timeout(Duration::from_secs(1), all_home).await.is_err() {
        log(start, &format!("{} still cooking, lights off", cooks.len()));
        cooks.shutdown().await;
    }
    log(start, "closed");
}
