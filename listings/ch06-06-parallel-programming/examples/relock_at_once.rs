use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const TURNS: u32 = 30;

fn compute() {
    let start = Instant::now();
    while start.elapsed() < Duration::from_micros(200) {
        std::hint::spin_loop();
    }
}

/// How many turns the cook has had when the waiter gets the lock once.
fn turns_until_served(holding: bool) -> u32 {
    let (stove, turns) = (Mutex::new(()), AtomicU32::new(0));
    let ready = Barrier::new(2);
    thread::scope(|kitchen| {
        kitchen.spawn(|| {
            for turn in 1..=TURNS {
                let guard = stove.lock().expect("no panic");
                if turn == 1 {
                    ready.wait();
                }
                turns.store(turn, Relaxed);
                if holding {
                    compute();
                    drop(guard);
                } else {
                    drop(guard);
                    compute();
                }
            }
        });
        ready.wait();
        let _guard = stove.lock().expect("no panic");
        turns.load(Relaxed)
    })
}

fn main() {
    for (what, holding) in [("with", true), ("after", false)] {
        let mut waits = [(); 5].map(|()| turns_until_served(holding));
        waits.sort_unstable();
        println!(
            "computes {what} the lock: served at turns {waits:?} of {TURNS}"
        );
    }
}
