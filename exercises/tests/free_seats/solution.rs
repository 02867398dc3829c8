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
        // The number guards no other data, so no ordering is needed.
        let (set, fetch) = (Ordering::Relaxed, Ordering::Relaxed);
        self.free
            .fetch_update(set, fetch, |free| free.checked_sub(1))
            .is_ok()
    }

    /// Gives a seat back. Only who has taken one calls it.
    pub fn leave(&self) {
        self.free.fetch_add(1, Ordering::Relaxed);
    }
}
