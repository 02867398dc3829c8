use loom::sync::atomic::Ordering::{Acquire, Release, SeqCst};
use loom::sync::atomic::{AtomicU32, fence};
use loom::thread;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

/// Says that one cook comes, and looks whether the other has said so.
fn comes(mine: &AtomicU32, theirs: &AtomicU32, fenced: bool) -> u32 {
    mine.store(1, Release);
    if fenced {
        fence(SeqCst);
    }
    theirs.load(Acquire)
}

/// What two cooks may see of each other: every pair that loom finds.
fn seen(fenced: bool) -> BTreeSet<(u32, u32)> {
    let seen = Arc::new(Mutex::new(BTreeSet::new()));
    let found = Arc::clone(&seen);
    loom::model(move || {
        let ada = Arc::new(AtomicU32::new(0));
        let bob = Arc::new(AtomicU32::new(0));
        let (his, hers) = (Arc::clone(&bob), Arc::clone(&ada));
        let bob_sees = thread::spawn(move || comes(&his, &hers, fenced));
        let ada_sees = comes(&ada, &bob, fenced);
        let bob_sees = bob_sees.join().expect("Bob does not panic");
        let mut found = found.lock().unwrap_or_else(PoisonError::into_inner);
        found.insert((ada_sees, bob_sees));
    });
    let mut seen = seen.lock().unwrap_or_else(PoisonError::into_inner);
    std::mem::take(&mut seen)
}

fn main() {
    let (bare, fenced) = (seen(false), seen(true));
    println!("Ada sees Bob  Bob sees Ada  no fence  a fence");
    for sight in [(0, 0), (0, 1), (1, 0), (1, 1)] {
        let [bare, fenced] = [&bare, &fenced].map(|seen| {
            if seen.contains(&sight) {
                "seen"
            } else {
                "never"
            }
        });
        let (ada, bob) = sight;
        println!("{ada:>12}  {bob:>12}  {bare:<8}  {fenced}");
    }
}
