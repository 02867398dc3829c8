use futures::stream::{self, StreamExt};
use std::time::Duration;
use tokio::time::{Instant, sleep};

fn log(start: Instant, text: &str) {
    println!("[{:>4} ms] {text}", start.elapsed().as_millis());
}

async fn fry(start: Instant, (dish, ms): (&'static str, u64)) -> &'static str {
    sleep(Duration::from_millis(ms)).await;
    log(start, &format!("{dish}: turned over"));
    sleep(Duration::from_millis(ms)).await;
    log(start, &format!("{dish}: done"));
    dish
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let dishes = [("eggs", 100), ("toast", 150)];
    let mut frying = stream::iter(dishes)
        .map(|dish| fry(start, dish))
        .buffer_unordered(2);

    while let Some(dish) = frying.next().await {
        sleep(Duration::from_secs(1)).await;
        log(start, &format!("{dish}: on the table"));
    }
}
