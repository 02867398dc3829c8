use std::sync::Barrier;
use std::sync::atomic::{AtomicU64, Ordering::Relaxed};
use std::thread;
use std::time::Instant;

const GUESTS: u32 = 100_000;
const SAMPLES: usize = 11;

/// 32 places of eight bytes, from the beginning of a cache line.
#[repr(align(128))]
struct Sheet([AtomicU64; 32]);

/// Two waiters count, each in a place of his own, so many bytes apart. For a
/// guest the slower of them takes so many nanoseconds.
fn count(bytes: usize) -> f64 {
    let sheet = Sheet([const { AtomicU64::new(0) }; 32]);
    let ready = Barrier::new(2);
    let waiter = |place: &AtomicU64| {
        ready.wait();
        let start = Instant::now();
        for _ in 0..GUESTS {
            place.fetch_add(1, Relaxed);
        }
        start.elapsed()
    };
    let slower = thread::scope(|room| {
        let other = room.spawn(|| waiter(&sheet.0[bytes / 8]));
        let mine = waiter(&sheet.0[0]);
        mine.max(other.join().expect("counting does not panic"))
    });
    slower.as_secs_f64() * 1e9 / f64::from(GUESTS)
}

fn main() {
    println!("distance (B)  least (ns)  median (ns)  most (ns)");
    for bytes in [8, 16, 32, 64, 128] {
        let mut times = [(); SAMPLES].map(|()| count(bytes));
        times.sort_by(f64::total_cmp);
        let (least, median) = (times[0], times[SAMPLES / 2]);
        let most = times[SAMPLES - 1];
        println!("{bytes:<12}  {least:>10.1}  {median:>11.1}  {most:>9.1}");
    }
}
