use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// Thousands of lock operations per second that `threads` threads get done.
fn rate(threads: usize, lock: impl Fn() + Sync) -> f64 {
    let (open, total) = (AtomicBool::new(true), AtomicU32::new(0));
    let start_line = Barrier::new(threads + 1);
    thread::scope(|kitchen| {
        for _ in 0..threads {
            kitchen.spawn(|| {
                start_line.wait();
                while open.load(Relaxed) {
                    lock();
                    total.fetch_add(1, Relaxed);
                }
            });
        }
        start_line.wait();
        let (start, before) = (Instant::now(), total.load(Relaxed));
        thread::sleep(Duration::from_millis(100));
        let done = f64::from(total.load(Relaxed) - before);
        let rate = done / start.elapsed().as_secs_f64() / 1e3;
        open.store(false, Relaxed);
        rate
    })
}

fn main() {
    let plain = std::sync::Mutex::new(0_u64);
    let fair = tokio::sync::Mutex::new(0_u64);
    println!("threads   std    fair (thousand locks per second)");
    let [alone, .., crowd] = [1, 2, 4, 16].map(|threads| {
        let plain = rate(threads, || *plain.lock().expect("no panic") += 1);
        let fair = rate(threads, || *fair.blocking_lock() += 1);
        println!("{threads:>7} {plain:>7.0} {fair:>7.0}");
        plain / fair
    });
    println!("std / fair: {alone:.1} alone, {crowd:.1} with 16 threads");
}
