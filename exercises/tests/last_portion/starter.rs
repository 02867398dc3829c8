//! Sell what is left to guests who come at the same time, and never more.

// In the tests, these are the types of loom.
use super::sync::atomic::{AtomicU32, Ordering};

/// How much is left of a dish, and how much was sold.
pub struct Dish {
    left: AtomicU32,
    sold: AtomicU32,
}

impl Dish {
    pub fn new(portions: u32) -> Dish {
        Dish {
            left: AtomicU32::new(portions),
            sold: AtomicU32::new(0),
        }
    }

    /// Sells a portion, if one is left.
    ///
    /// An answer as assistants give it: with atomics there is no data race,
    /// so the count is right.
    pub fn sell(&self) -> bool {
        if self.left.load(Ordering::SeqCst) == 0 {
            return false;
        }
        self.left.fetch_sub(1, Ordering::SeqCst);
        self.sold.fetch_add(1, Ordering::SeqCst);
        true
    }

    /// What is left and what was sold: together, always what there was.
    pub fn look(&self) -> (u32, u32) {
        let left = self.left.load(Ordering::SeqCst);
        (left, self.sold.load(Ordering::SeqCst))
    }
}
