use std::collections::BTreeSet;
use std::sync::{Condvar, Mutex};
// ANCHOR: shown
use std::thread;
use std::time::{Duration, Instant};

use futures::channel::oneshot;
use futures::executor::block_on;
use futures::{FutureExt, join, select};

// ANCHOR_END: shown

/// Tells when it is dropped unfinished.
struct Dish(Option<&'static str>);

impl Drop for Dish {
    fn drop(&mut self) {
        if let Some(name) = self.0 {
            println!("  {name} is thrown away");
        }
    }
}

async fn cook(name: &'static str, wait: impl Future) -> &'static str {
    let mut dish = Dish(Some(name));
    wait.await;
    println!("  {name} is ready");
    dish.0 = None;
    name
}

/// When each wait that somebody still waits for is due.
static DUE: Mutex<BTreeSet<Instant>> = Mutex::new(BTreeSet::new());
static HEARD: Condvar = Condvar::new();

/// A place in the order of all waits, given back when the wait is over or
/// dropped.
struct Turn(Instant);

impl Turn {
    fn at(due: Instant) -> Turn {
        DUE.lock().expect("nobody panics with it").insert(due);
        Turn(due)
    }
}

impl Drop for Turn {
    fn drop(&mut self) {
        DUE.lock().expect("nobody panics with it").remove(&self.0);
        HEARD.notify_all();
    }
}

/// Blocks its thread until no wait is left that was due before.
fn let_earlier_ones_pass(due: Instant) {
    let all = DUE.lock().expect("nobody panics with it");
    let earlier = |all: &mut BTreeSet<Instant>| {
        all.first().is_some_and(|first| *first < due)
    };
    drop(HEARD.wait_while(all, earlier));
}

// ANCHOR: shown
fn after(ms: u64) -> impl Future {
    let due = Instant::now() + Duration::from_millis(ms);
    let turn = Turn::at(due);
    let (rung, bell) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(due - Instant::now());
        // On a busy machine, a thread may wake up late.
        let_earlier_ones_pass(due);
        // Whoever waited may be gone by now.
        let _ = rung.send(());
    });
    async move {
        let _ = bell.await;
        drop(turn);
    }
}

async fn orders() {
    println!("three orders at once");
    join!(
        cook("toast", after(100)),
        cook("eggs", after(200)),
        cook("roast", after(300)),
    );

    println!("guests who wait 100 ms");
    let served = select! {
        _ = cook("stew", after(400)).fuse() => true,
        _ = after(100).fuse() => false,
    };
    println!("  served: {served}");

    println!("whatever is ready first");
    let first = select! {
        dish = cook("soup", after(400)).fuse() => dish,
        dish = cook("salad", after(100)).fuse() => dish,
    };
    println!("  served: {first}");
}

fn main() {
    block_on(orders());
}
// ANCHOR_END: shown
