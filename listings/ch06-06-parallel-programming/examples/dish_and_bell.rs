use loom::sync::atomic::Ordering::{Acquire, Relaxed, Release};
use loom::sync::atomic::{AtomicU32, Ordering};
use loom::thread;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// What a waiter may see, who looks at the bell first and then at the dish:
/// every pair that loom finds.
fn seen(ring: Ordering, hear: Ordering) -> BTreeSet<(u32, u32)> {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let found = Arc::clone(&seen);
    loom::model(move || {
        let bell = Arc::new(AtomicU32::new(0));
        let dish = Arc::new(AtomicU32::new(0));
        let (rung, served) = (Arc::clone(&bell), Arc::clone(&dish));
        let cook = thread::spawn(move || {
            served.store(7, Relaxed);
            rung.store(1, ring);
        });
        let sight = (bell.load(hear), dish.load(Relaxed));
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert(sight);
        drop(found);
        cook.join().expect("the cook does not panic");
    });
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut seen)
}

fn main() {
    let relaxed = seen(Relaxed, Relaxed);
    let ordered = seen(Release, Acquire);
    println!("bell  dish  Relaxed  Release and Acquire");
    for sight in [(0, 0), (0, 7), (1, 0), (1, 7)] {
        let [relaxed, ordered] = [&relaxed, &ordered].map(|seen| {
            if seen.contains(&sight) {
                "seen"
            } else {
                "never"
            }
        });
        let (bell, dish) = sight;
        println!("{bell:>4}  {dish:>4}  {relaxed:<7}  {ordered}");
    }
}
