use std::sync::Barrier;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use parking_lot::MutexGuard;

/// Without optimisation nothing is measured, and a short run is enough.
const SAMPLES: usize = if cfg!(debug_assertions) { 1 } else { 7 };
const SAMPLE: Duration =
    Duration::from_millis(if cfg!(debug_assertions) { 1 } else { 50 });

/// How often per millisecond `threads` threads together get a lock.
fn rate(threads: usize, lock: impl Fn() + Sync) -> f64 {
    let mut samples = [(); SAMPLES].map(|()| {
        let (open, ready) = (AtomicBool::new(true), Barrier::new(threads + 1));
        let cook = || {
            ready.wait();
            let mut turns = 0_u64;
            while open.load(Relaxed) {
                lock();
                turns += 1;
            }
            turns
        };
        thread::scope(|room| {
            let cooks: Vec<_> =
                (0..threads).map(|_| room.spawn(cook)).collect();
            ready.wait();
            let start = Instant::now();
            thread::sleep(SAMPLE);
            open.store(false, Relaxed);
            let time = start.elapsed().as_secs_f64() * 1e3;
            let turns = cooks.into_iter().map(|cook| cook.join());
            turns.map(|turns| turns.expect("no panic")).sum::<u64>() as f64
                / time
        })
    });
    // The median, because a sample may be disturbed, or lucky.
    samples.sort_by(f64::total_cmp);
    samples[SAMPLES / 2]
}

fn main() {
    let std = std::sync::Mutex::new(0_u64);
    let parking = parking_lot::Mutex::new(0_u64);
    let tokio = tokio::sync::Mutex::new(0_u64);
    println!(
        "threads  std (1/ms)  parking_lot (1/ms)  unlock_fair (1/ms)  tokio (1/ms)"
    );
    for threads in [1, 2, 4, 16, 64] {
        let std = rate(threads, || *std.lock().expect("no panic") += 1);
        let barging = rate(threads, || *parking.lock() += 1);
        let fair = rate(threads, || {
            let mut guard = parking.lock();
            *guard += 1;
            MutexGuard::unlock_fair(guard);
        });
        let tokio = rate(threads, || *tokio.blocking_lock() += 1);
        println!(
            "{threads:<7}  {std:>10.0}  {barging:>18.0}  {fair:>18.0}  {tokio:>12.0}"
        );
    }
}
