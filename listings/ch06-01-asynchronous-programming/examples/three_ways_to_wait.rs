use std::error::Error;
use std::sync::Barrier;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::Duration;

use futures::future::join_all;

const ORDERS: [u64; 5] = [20, 40, 60, 80, 100];

fn one_after_the_other() {
    for ms in ORDERS {
        begin();
        thread::sleep(Duration::from_millis(ms));
        end();
    }
}

fn one_thread_each() {
    // A busy machine starts threads late. Nobody sleeps before all are here.
    static ALL_HERE: Barrier = Barrier::new(ORDERS.len());
    let mut cooks = Vec::new();
    for ms in ORDERS {
        cooks.push(thread::spawn(move || {
            begin();
            ALL_HERE.wait();
            thread::sleep(Duration::from_millis(ms));
            end();
        }));
    }
    for cook in cooks {
        cook.join().expect("a cook who only sleeps does not panic");
    }
}

async fn five_timers() {
    let mut timers = Vec::new();
    for ms in ORDERS {
        timers.push(async move {
            begin();
            tokio::time::sleep(Duration::from_millis(ms)).await;
            end();
        });
    }
    join_all(timers).await;
}

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn begin() {
    let now = NOW.fetch_add(1, Relaxed) + 1;
    MOST.fetch_max(now, Relaxed);
}

fn end() {
    NOW.fetch_sub(1, Relaxed);
}

fn report(name: &str, run: impl Fn()) {
    run();
    println!("{name:20} {} at once", MOST.swap(0, Relaxed));
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    report("one after the other", one_after_the_other);
    report("five threads", one_thread_each);
    report("five timers", || runtime.block_on(five_timers()));
    Ok(())
}
