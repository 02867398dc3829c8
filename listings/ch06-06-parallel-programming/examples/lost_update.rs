#![forbid(unsafe_code)]

use std::sync::atomic::{AtomicU32, Ordering::SeqCst};
use std::sync::{Barrier, Mutex};
use std::thread;

const ROUNDS: u32 = 1000;

/// Two waiters count one guest each, `ROUNDS` times, in lockstep.
fn two_waiters(count_one: impl Fn(&Barrier) + Sync) {
    let step = Barrier::new(2);
    thread::scope(|room| {
        for _ in 0..2 {
            room.spawn(|| {
                for _ in 0..ROUNDS {
                    count_one(&step);
                    step.wait();
                }
            });
        }
    });
}

fn main() {
    let guests = AtomicU32::new(0);
    two_waiters(|step| {
        let seen = guests.load(SeqCst);
        step.wait(); // Now both have read, and neither has written.
        guests.store(seen + 1, SeqCst);
    });
    println!("load, store: {} of 2000", guests.into_inner());

    let guests = Mutex::new(0);
    two_waiters(|step| {
        let seen = *guests.lock().expect("no panic");
        step.wait();
        *guests.lock().expect("no panic") = seen + 1;
    });
    println!("lock twice: {} of 2000", guests.lock().expect("no panic"));

    let guests = AtomicU32::new(0);
    two_waiters(|step| {
        step.wait();
        guests.fetch_add(1, SeqCst);
    });
    println!("fetch_add: {} of 2000", guests.into_inner());
}
