use std::sync::{Arc, Barrier, mpsc};
use std::thread;
use std::time::Duration;
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::spawn_blocking;

/// Starts two cooks. Each blocks its thread until the other one is there.
fn meet(kitchen: Runtime, pool: bool, patience: Duration) -> &'static str {
    let table = Arc::new(Barrier::new(2));
    let (arrived, arrivals) = mpsc::channel();
    thread::spawn(move || {
        let cook = move || {
            let (table, arrived) = (table.clone(), arrived.clone());
            let meal = move || {
                arrived.send(()).expect("main listens");
                table.wait();
            };
            match pool {
                true => spawn_blocking(meal),
                false => tokio::spawn(async move { meal() }),
            }
        };
        kitchen.block_on(async { tokio::join!(cook(), cook()) })
    });
    arrivals.recv().expect("the first cook arrives");
    match arrivals.recv_timeout(patience) {
        Ok(()) => "both cooks were at work at once",
        Err(_) => "the second cook never came",
    }
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    println!("default: {:?}", Handle::current().runtime_flavor());
    // A busy machine may start a thread late; a hang needs no patience.
    let (long, short) = (Duration::from_secs(30), Duration::from_millis(200));
    let workers = Builder::new_multi_thread().worker_threads(2).build()?;
    println!("two workers: {}", meet(workers, false, long));
    let alone = Builder::new_current_thread().build()?;
    println!("current_thread: {}", meet(alone, false, short));
    let alone = Builder::new_current_thread().build()?;
    println!("blocking pool: {}", meet(alone, true, long));
    Ok(())
}
