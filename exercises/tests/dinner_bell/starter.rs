//! A bell for many: nobody waits who came late, nobody sleeps on.

use std::task::{Context, Poll, Waker};

// In the tests, these are the types of loom.
use super::sync::Mutex;
use super::sync::atomic::{AtomicBool, Ordering};

pub struct Bell {
    rung: AtomicBool,
    guest: Mutex<Option<Waker>>,
}

impl Bell {
    pub fn new() -> Bell {
        Bell {
            rung: AtomicBool::new(false),
            guest: Mutex::new(None),
        }
    }

    /// Rings once and for all.
    pub fn ring(&self) {
        self.rung.store(true, Ordering::Release);
        let guest = self.guest.lock().expect(NEVER_POISONED).take();
        if let Some(waker) = guest {
            waker.wake();
        }
    }

    /// Ready when the bell has rung.
    pub fn poll_rung(&self, cx: &mut Context<'_>) -> Poll<()> {
        if self.rung.load(Ordering::Acquire) {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        *self.guest.lock().expect(NEVER_POISONED) = Some(waker);
        Poll::Pending
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
