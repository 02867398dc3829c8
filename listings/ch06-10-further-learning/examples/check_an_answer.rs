use std::error::Error;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::sync::{AcquireError, Semaphore};
use tokio::task::JoinSet;
use tokio::time::sleep;

const LIMIT: usize = 2;
static COOKING: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

async fn cook() {
    let now = COOKING.fetch_add(1, Relaxed) + 1;
    PEAK.fetch_max(now, Relaxed);
    sleep(Duration::from_millis(100)).await;
    COOKING.fetch_sub(1, Relaxed);
}

async fn answer(pans: Arc<Semaphore>) -> Result<(), AcquireError> {
    let _ = pans.acquire().await?;
    cook().await;
    Ok(())
}

async fn repaired(pans: Arc<Semaphore>) -> Result<(), AcquireError> {
    let _pan = pans.acquire().await?;
    cook().await;
    Ok(())
}

async fn check<F>(job: fn(Arc<Semaphore>) -> F) -> Result<usize, Box<dyn Error>>
where
    F: Future<Output = Result<(), AcquireError>> + Send + 'static,
{
    PEAK.store(0, Relaxed);
    let pans = Arc::new(Semaphore::new(LIMIT));
    let mut orders: JoinSet<_> = (0..6).map(|_| job(pans.clone())).collect();
    while let Some(order) = orders.join_next().await {
        order??;
    }
    Ok(PEAK.load(Relaxed))
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    println!("limit {LIMIT}, answer: peak {}", check(answer).await?);
    println!("limit {LIMIT}, repaired: peak {}", check(repaired).await?);
    Ok(())
}
