//! Let nobody read a price before all of it is written, without a lock.

// In the tests, these have the methods of std's types.
use super::sync::atomic::{AtomicBool, AtomicU32, Ordering};

pub struct Board {
    euros: AtomicU32,
    cents: AtomicU32,
    written: AtomicBool,
}

impl Board {
    pub fn new() -> Board {
        Board {
            euros: AtomicU32::new(0),
            cents: AtomicU32::new(0),
            written: AtomicBool::new(false),
        }
    }

    /// Is called once, by the cook.
    pub fn write(&self, euros: u32, cents: u32) {
        self.euros.store(euros, Ordering::Relaxed);
        self.cents.store(cents, Ordering::Relaxed);
        self.written.store(true, Ordering::Relaxed);
    }

    /// The whole price, or `None` before it is written.
    pub fn read(&self) -> Option<(u32, u32)> {
        if !self.written.load(Ordering::Relaxed) {
            return None;
        }
        let euros = self.euros.load(Ordering::Relaxed);
        Some((euros, self.cents.load(Ordering::Relaxed)))
    }
}
