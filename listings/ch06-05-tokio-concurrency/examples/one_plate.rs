use futures::stream::{self, StreamExt};
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::time::{Instant, sleep, timeout};

type Plates = Arc<Semaphore>;

async fn fry(plates: Plates, dish: &'static str) -> &'static str {
    let _plate = plates.acquire().await.expect("nobody closes it");
    sleep(Duration::from_millis(100)).await;
    dish
}

async fn serve(start: Instant, plates: Plates) {
    let mut frying = stream::iter(["eggs", "toast"])
        .map(|dish| fry(plates.clone(), dish))
        .buffer_unordered(2);
    while let Some(dish) = frying.next().await {
        let _plate = plates.acquire().await.expect("nobody closes it");
        println!("[{:>3} ms] {dish}", start.elapsed().as_millis());
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let plates = Arc::new(Semaphore::new(1));
    let served = serve(start, Arc::clone(&plates));
    let hour = Duration::from_secs(3600);
    println!("served: {:?}", timeout(hour, served).await);
    println!("plates: {}", plates.available_permits());
}
