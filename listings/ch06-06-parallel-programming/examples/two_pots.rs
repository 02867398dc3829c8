use std::sync::Mutex;
use std::thread;

/// Ten litres of soup in two pots. Pouring changes both numbers, never the sum.
struct Pots {
    left: u32,
    right: u32,
}

fn pour(pots: &Mutex<Pots>, litres: u32) {
    let mut pots = pots.lock().expect("no cook has panicked here");
    pots.right += litres;
    let left = pots.left.checked_sub(litres);
    pots.left = left.expect("so much is in the left pot");
}

fn main() {
    let pots = Mutex::new(Pots { left: 4, right: 6 });
    let cook = thread::scope(|kitchen| kitchen.spawn(|| pour(&pots, 7)).join());
    println!("the cook panicked: {}", cook.is_err());
    println!("the lock is poisoned: {}", pots.is_poisoned());

    let mut guard = match pots.lock() {
        Ok(guard) => guard,
        Err(error) => {
            println!("lock: {error}");
            error.into_inner()
        }
    };
    println!("litres of soup: {}", guard.left + guard.right);
    // The left pot was not touched: it says what is in the right one.
    guard.right = 10 - guard.left;
    pots.clear_poison();
    drop(guard);
    println!("the lock is poisoned: {}", pots.is_poisoned());
    println!("lock: {}", pots.lock().map_or("an error", |_| "a guard"));
}
