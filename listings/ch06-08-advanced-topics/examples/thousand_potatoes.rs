use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use tokio::task::{JoinError, JoinSet};

struct Counting;

static COUNT: AtomicUsize = AtomicUsize::new(0);

// SAFETY: every call goes to the system's allocator, unchanged.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        COUNT.fetch_add(1, Relaxed);
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

async fn peel(potatoes: u32) -> u32 {
    potatoes
}

async fn await_each() -> Result<(), JoinError> {
    for _ in 0..1000 {
        peel(1).await;
    }
    Ok(())
}

async fn box_each() -> Result<(), JoinError> {
    for _ in 0..1000 {
        Box::pin(peel(1)).await;
    }
    Ok(())
}

async fn spawn_each() -> Result<(), JoinError> {
    for _ in 0..1000 {
        tokio::spawn(peel(1)).await?;
    }
    Ok(())
}

async fn join_set() -> Result<(), JoinError> {
    let mut cooks: JoinSet<_> = (0..1000).map(|_| peel(1)).collect();
    while let Some(peeled) = cooks.join_next().await {
        peeled?;
    }
    Ok(())
}

async fn spawn_per_hundred() -> Result<(), JoinError> {
    for _ in 0..10 {
        tokio::spawn(async {
            for _ in 0..100 {
                peel(1).await;
            }
        })
        .await?;
    }
    Ok(())
}

async fn count(
    name: &str,
    work: impl Future<Output = Result<(), JoinError>>,
) -> Result<(), JoinError> {
    let before = COUNT.load(Relaxed);
    work.await?;
    let allocations = COUNT.load(Relaxed) - before;
    println!("{name:17} {allocations:4} allocations");
    Ok(())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), JoinError> {
    // Not counted: the run queue grows to the length it needs.
    join_set().await?;
    count("await each", await_each()).await?;
    count("box each", box_each()).await?;
    count("spawn each", spawn_each()).await?;
    count("JoinSet", join_set()).await?;
    count("spawn per hundred", spawn_per_hundred()).await
}
