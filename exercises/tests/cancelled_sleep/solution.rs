use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::Mutex;
use std::task::{Context, Poll, Waker};

/// Timers whose clock is moved by hand.
#[derive(Default)]
pub struct Timers(Mutex<State>);

#[derive(Default)]
struct State {
    now: u64,
    next: u64,
    /// By end, then by the number of the sleep: two may end at once.
    wakers: BTreeMap<(u64, u64), Waker>,
}

impl Timers {
    pub fn sleep(&self, ms: u64) -> Sleep<'_> {
        let mut state = self.0.lock().expect(NEVER_POISONED);
        state.next += 1;
        Sleep {
            timers: self,
            key: (state.now + ms, state.next),
        }
    }

    /// Moves the clock and wakes all whose end has come.
    pub fn advance(&self, ms: u64) {
        let mut due = Vec::new();
        let mut state = self.0.lock().expect(NEVER_POISONED);
        state.now += ms;
        let now = state.now;
        while let Some(entry) = state.wakers.first_entry() {
            if entry.key().0 > now {
                break;
            }
            due.push(entry.remove());
        }
        drop(state);
        due.into_iter().for_each(Waker::wake);
    }

    /// How many ends the timers keep.
    pub fn entries(&self) -> usize {
        self.0.lock().expect(NEVER_POISONED).wakers.len()
    }
}

pub struct Sleep<'a> {
    timers: &'a Timers,
    key: (u64, u64),
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        let mut state = self.timers.0.lock().expect(NEVER_POISONED);
        if self.key.0 <= state.now {
            return Poll::Ready(());
        }
        let old = state.wakers.insert(self.key, waker);
        drop(state);
        drop(old);
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        let mut state = self.timers.0.lock().expect(NEVER_POISONED);
        let waker = state.wakers.remove(&self.key);
        drop(state);
        drop(waker);
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
