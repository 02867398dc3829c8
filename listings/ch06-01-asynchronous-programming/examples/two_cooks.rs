use std::collections::HashSet;
use std::error::Error;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread::{self, ThreadId};

use tokio::runtime::Handle;
use tokio::sync::{Barrier, Semaphore, oneshot};

const DISHES: usize = 200;

/// The kitchen's telephone keeps the cook who answers, until the caller hangs
/// up: no task should block its thread like this.
async fn call() -> Result<Sender<()>, oneshot::error::RecvError> {
    let (caller, line) = mpsc::channel();
    let (answer, answered) = oneshot::channel();
    tokio::spawn(async move {
        // The caller waits for it, and hangs up by dropping the other end.
        answer.send(()).ok();
        line.recv().ok();
    });
    answered.await?;
    Ok(caller)
}

async fn prepare(begun: Arc<Barrier>, timer: Arc<Semaphore>) -> [ThreadId; 2] {
    let first = thread::current().id();
    begun.wait().await;
    let _rings = timer.acquire().await;
    [first, thread::current().id()]
}

#[tokio::main(flavor = "multi_thread", worker_threads = 2)]
async fn main() -> Result<(), Box<dyn Error>> {
    if Handle::current().metrics().num_workers() != 2 {
        return Err("this takes two cooks".into());
    }
    let begun = Arc::new(Barrier::new(DISHES + 1));
    let timer = Arc::new(Semaphore::new(0));

    let to_one_cook = call().await?;
    let start = |_| tokio::spawn(prepare(begun.clone(), timer.clone()));
    let dishes: Vec<_> = (0..DISHES).map(start).collect();
    begun.wait().await; // The other cook has begun every dish.
    let to_the_other = call().await?;
    drop(to_one_cook);
    timer.add_permits(DISHES);

    let mut all = HashSet::new();
    let mut shared = 0;
    for dish in dishes {
        let cooks = dish.await?;
        shared += usize::from(cooks[0] != cooks[1]);
        all.extend(cooks);
    }
    drop(to_the_other);
    println!("{DISHES} dishes, {} cooks", all.len());
    println!("{shared} dishes passed through the hands of both");
    Ok(())
}
