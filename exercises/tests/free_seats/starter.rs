//! Let no more guests sit down than there are seats, without a lock.

// In the tests, these have the methods of std's types.
use super::sync::atomic::{AtomicUsize, Ordering};

pub struct Seats {
    free: AtomicUsize,
}

impl Seats {
    pub fn new(free: usize) -> Seats {
        Seats {
            free: AtomicUsize::new(free),
        }
    }

    /// Takes a seat, if one is free, and tells whether it did. Never waits.
    pub fn take(&self) -> bool {
        if self.free.load(Ordering::Relaxed) == 0 {
            return false;
        }
        self.free.fetch_sub(1, Ordering::Relaxed);
        true
    }

    /// Gives a seat back. Only who has taken one calls it.
    pub fn leave(&self) {
        self.free.fetch_add(1, Ordering::Relaxed);
    }
}
