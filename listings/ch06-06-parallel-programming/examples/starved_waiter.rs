use std::sync::{Barrier, Mutex};
use std::thread;
use std::time::{Duration, Instant};

const TURNS: u32 = 12;

static STOVE: Mutex<u32> = Mutex::new(0);
static BOTH_THERE: Barrier = Barrier::new(2);

fn compute() {
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(1) {
        std::hint::spin_loop();
    }
}

fn cook() {
    for turn in 1..=TURNS {
        let mut turns = STOVE.lock().expect("no panic");
        *turns = turn;
        if turn == 1 {
            BOTH_THERE.wait();
        }
        compute();
    } // Unlocks here, and locks again at once.
}

fn waiter() {
    BOTH_THERE.wait();
    let turns = STOVE.lock().expect("no panic");
    println!("served after turn {turns} of {TURNS}");
}

fn main() {
    thread::scope(|kitchen| {
        kitchen.spawn(cook);
        kitchen.spawn(waiter);
    });
}
