use std::mem;
use std::task::{Context, Poll, Waker};

use super::sync::Mutex;

/// Whether the bell has rung and who waits for it, under one lock.
pub struct Bell(Mutex<State>);

struct State {
    rung: bool,
    guests: Vec<Waker>,
}

impl Bell {
    pub fn new() -> Bell {
        Bell(Mutex::new(State {
            rung: false,
            guests: Vec::new(),
        }))
    }

    /// Rings once and for all.
    pub fn ring(&self) {
        let mut state = self.0.lock().expect(NEVER_POISONED);
        state.rung = true;
        let guests = mem::take(&mut state.guests);
        // A waker runs code of the executor: not under our lock.
        drop(state);
        for waker in guests {
            waker.wake();
        }
    }

    /// Ready when the bell has rung.
    pub fn poll_rung(&self, cx: &mut Context<'_>) -> Poll<()> {
        // To clone a waker is to run its code, too.
        let waker = cx.waker().clone();
        let mut state = self.0.lock().expect(NEVER_POISONED);
        if state.rung {
            return Poll::Ready(());
        }
        // A guest who is polled again is still one guest.
        if !state.guests.iter().any(|guest| guest.will_wake(&waker)) {
            state.guests.push(waker);
        }
        Poll::Pending
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
