use std::collections::HashSet;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::sync::{Arc, Barrier, Mutex};
use std::thread;
use tokio::task::JoinSet;

#[derive(Default)]
struct Seen {
    threads: Mutex<HashSet<thread::ThreadId>>,
    cooking: AtomicUsize,
    most: AtomicUsize,
}

#[tokio::main(worker_threads = 2)]
async fn main() {
    let seen = Arc::new(Seen::default());
    let table = Arc::new(Barrier::new(2));
    let mut orders = JoinSet::new();
    for _ in 0..200 {
        let (seen, table) = (seen.clone(), table.clone());
        orders.spawn(async move {
            let thread = thread::current().id();
            let now = seen.cooking.fetch_add(1, Relaxed) + 1;
            seen.most.fetch_max(now, Relaxed);
            seen.threads.lock().expect("no panic").insert(thread);
            // Blocks the worker: no order passes without a second one.
            table.wait();
            seen.cooking.fetch_sub(1, Relaxed);
        });
    }
    println!("tasks: {}", orders.join_all().await.len());
    let threads = seen.threads.lock().expect("no panic").len();
    println!("threads that ran them: {threads}");
    println!("most at one moment: {}", seen.most.load(Relaxed));
}
