use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::task::{Poll, Waker};

use shuttle::sync::{Arc, Mutex};
use shuttle::thread;

#[derive(Default)]
struct Hatch {
    plate: bool,
    waker: Option<Waker>,
}

fn look_and_store(hatch: &Mutex<Hatch>) -> Poll<()> {
    let mut hatch = hatch.lock().expect("no panic");
    if hatch.plate {
        return Poll::Ready(());
    }
    hatch.waker = Some(Waker::noop().clone());
    Poll::Pending
}

fn look_then_store(hatch: &Mutex<Hatch>) -> Poll<()> {
    if hatch.lock().expect("no panic").plate {
        return Poll::Ready(());
    }
    // Unlocked: here the plate can come.
    let mut hatch = hatch.lock().expect("no panic");
    hatch.waker = Some(Waker::noop().clone());
    Poll::Pending
}

/// Returns whether there was anybody to wake.
fn put_plate(hatch: &Mutex<Hatch>) -> bool {
    let mut hatch = hatch.lock().expect("no panic");
    hatch.plate = true;
    hatch.waker.take().is_some()
}

fn in_every_schedule(name: &str, poll: fn(&Mutex<Hatch>) -> Poll<()>) {
    static SCHEDULES: AtomicU32 = AtomicU32::new(0);
    static LOST: AtomicU32 = AtomicU32::new(0);
    SCHEDULES.store(0, Relaxed);
    LOST.store(0, Relaxed);
    let guest_and_kitchen = move || {
        let hatch = Arc::new(Mutex::new(Hatch::default()));
        let kitchen = Arc::clone(&hatch);
        let kitchen = thread::spawn(move || put_plate(&kitchen));
        let answer = poll(&hatch);
        let woken = kitchen.join().expect("no panic");
        SCHEDULES.fetch_add(1, Relaxed);
        LOST.fetch_add(u32::from(answer.is_pending() && !woken), Relaxed);
    };
    shuttle::check_dfs(guest_and_kitchen, None);
    println!(
        "{name}: {} schedules, {} lose the wake-up",
        SCHEDULES.load(Relaxed),
        LOST.load(Relaxed)
    );
}

fn main() {
    in_every_schedule("look and store under one lock", look_and_store);
    in_every_schedule("look, unlock, lock, store    ", look_then_store);
}
