use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

static COOKING: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);

fn cook(ms: u64) -> u64 {
    MOST.fetch_max(COOKING.fetch_add(1, Relaxed) + 1, Relaxed);
    thread::sleep(Duration::from_millis(ms));
    COOKING.fetch_sub(1, Relaxed);
    ms
}

fn main() -> Result<(), String> {
    let start = Instant::now();
    let mut sum = 0;
    for ms in [20, 40, 60, 80, 100] {
        let order = thread::spawn(move || cook(ms));
        sum += order.join().map_err(|_| "a cook panicked")?;
        println!("served the order of {ms} ms");
    }
    println!("most cooks at work at once: {}", MOST.load(Relaxed));
    if start.elapsed() < Duration::from_millis(sum) {
        return Err("shorter than all waits together".into());
    }
    println!("as long as all waits together");
    Ok(())
}
