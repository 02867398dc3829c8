use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

/// How often per millisecond `threads` threads together get to `count`.
fn rate(threads: usize, count: impl Fn() -> u64 + Sync) -> f64 {
    let open = AtomicBool::new(true);
    thread::scope(|kitchen| {
        for _ in 0..threads {
            kitchen.spawn(|| {
                while open.load(Relaxed) {
                    count();
                }
            });
        }
        let mut samples = [(); 7].map(|()| {
            let (before, start) = (count(), Instant::now());
            thread::sleep(Duration::from_millis(10));
            let done = count() - before;
            done as f64 / start.elapsed().as_secs_f64() / 1e3
        });
        open.store(false, Relaxed);
        // The median, because a sample may be disturbed, or lucky.
        samples.sort_by(f64::total_cmp);
        samples[3]
    })
}

/// What is done under the lock.
fn one_more(count: &mut u64) -> u64 {
    *count += 1;
    *count
}

fn main() {
    println!("threads  std (1/ms)  fair (1/ms)");
    for threads in [1, 2, 4, 16] {
        let lock = std::sync::Mutex::new(0);
        let std = || one_more(&mut lock.lock().expect("no panic"));
        let lock = tokio::sync::Mutex::new(0);
        let fair = || one_more(&mut lock.blocking_lock());
        let (std, fair) = (rate(threads, std), rate(threads, fair));
        println!("{threads:<7}  {std:>10.0}  {fair:>11.0}");
    }
}
