use tokio::time::{Duration, Instant, sleep, timeout};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let eggs = timeout(Duration::from_millis(20), async {
        sleep(Duration::from_millis(60)).await;
        "eggs"
    });
    match eggs.await {
        Ok(dish) => println!("{dish}"),
        Err(elapsed) => println!("error: {elapsed}"),
    }
    println!("waited {} ms", start.elapsed().as_millis());
}
