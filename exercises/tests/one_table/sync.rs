//! The types of shuttle, and a condition variable with all that std's may do.

use std::cell::Cell;
use std::sync::{Arc, LockResult};

use shuttle::thread;

pub use shuttle::sync::{Mutex, MutexGuard};

thread_local! {
    /// Whether the next wait wakes for nothing, once. The threads of a model are
    /// one thread of the system.
    pub static WAKES_FOR_NOTHING: Cell<bool> = const { Cell::new(false) };
}

/// Shuttle's, with `wait_while`, and with the wake-up that nobody has asked for.
pub struct Condvar(Arc<shuttle::sync::Condvar>);

impl Condvar {
    pub fn new() -> Condvar {
        Condvar(Arc::new(shuttle::sync::Condvar::new()))
    }

    pub fn wait<'a, T>(
        &self,
        guard: MutexGuard<'a, T>,
    ) -> LockResult<MutexGuard<'a, T>> {
        if WAKES_FOR_NOTHING.take() {
            let bell = Arc::clone(&self.0);
            thread::spawn(move || bell.notify_all());
        }
        self.0.wait(guard)
    }

    pub fn wait_while<'a, T>(
        &self,
        mut guard: MutexGuard<'a, T>,
        mut condition: impl FnMut(&mut T) -> bool,
    ) -> LockResult<MutexGuard<'a, T>> {
        while condition(&mut guard) {
            guard = self.wait(guard)?;
        }
        Ok(guard)
    }

    pub fn notify_one(&self) {
        self.0.notify_one();
    }

    pub fn notify_all(&self) {
        self.0.notify_all();
    }
}
