use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;
use tokio::runtime::Builder;
use tokio::task::{block_in_place, spawn_blocking};
use tokio::{join, spawn, time::sleep};

type Ended = Result<(), Box<dyn std::error::Error + Send + Sync>>;

static THREADS: AtomicUsize = AtomicUsize::new(0);

async fn cook(dish: &str, ready: Sender<()>) -> Ended {
    sleep(Duration::from_millis(1)).await;
    println!("  {dish}");
    Ok(ready.send(())?)
}

/// The baker blocks until the soup is ready, which is another task.
async fn in_place() -> Ended {
    println!("in place, threads: {THREADS:?}");
    let ((soup, baker), (egg, _table)) = (channel(), channel());
    let soup = spawn(cook("soup", soup));
    let (egg, bread) = join!(cook("egg", egg), async move {
        block_in_place(|| baker.recv())?;
        println!("  bread, threads: {THREADS:?}");
        Ended::Ok(())
    });
    soup.await?.and(egg).and(bread)
}

/// The baker blocks until the egg is ready, which is in the same task.
async fn on_the_pool() -> Ended {
    println!("on the blocking pool");
    let (egg, baker) = channel();
    let (egg, bread) = join!(cook("egg", egg), async {
        spawn_blocking(move || baker.recv()).await??;
        println!("  bread");
        Ended::Ok(())
    });
    egg.and(bread)
}

fn main() -> Ended {
    let mut builder = Builder::new_multi_thread();
    builder.worker_threads(1).enable_time().on_thread_start(|| {
        THREADS.fetch_add(1, Relaxed);
    });
    builder.build()?.block_on(async {
        // Spawned: the body of `block_on` runs on no worker.
        spawn(in_place()).await??;
        spawn(on_the_pool()).await?
    })
}
