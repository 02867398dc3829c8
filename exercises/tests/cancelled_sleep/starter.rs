//! Make a dropped sleep take its end out of the timers.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
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
    /// The earliest end on top, with the number of its sleep.
    ends: BinaryHeap<Reverse<(u64, u64)>>,
    wakers: BTreeMap<u64, Waker>,
}

impl Timers {
    pub fn sleep(&self, ms: u64) -> Sleep<'_> {
        let mut state = self.0.lock().expect(NEVER_POISONED);
        state.next += 1;
        Sleep {
            timers: self,
            number: state.next,
            end: state.now + ms,
        }
    }

    /// Moves the clock and wakes all whose end has come.
    pub fn advance(&self, ms: u64) {
        let mut due = Vec::new();
        let mut state = self.0.lock().expect(NEVER_POISONED);
        state.now += ms;
        while let Some(&Reverse((end, number))) = state.ends.peek()
            && end <= state.now
        {
            state.ends.pop();
            due.extend(state.wakers.remove(&number));
        }
        drop(state);
        due.into_iter().for_each(Waker::wake);
    }

    /// How many ends the timers keep.
    pub fn entries(&self) -> usize {
        self.0.lock().expect(NEVER_POISONED).ends.len()
    }
}

pub struct Sleep<'a> {
    timers: &'a Timers,
    number: u64,
    end: u64,
}

impl Future for Sleep<'_> {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let waker = cx.waker().clone();
        let mut state = self.timers.0.lock().expect(NEVER_POISONED);
        if self.end <= state.now {
            return Poll::Ready(());
        }
        let old = state.wakers.insert(self.number, waker);
        if old.is_none() {
            state.ends.push(Reverse((self.end, self.number)));
        }
        drop(state);
        drop(old);
        Poll::Pending
    }
}

impl Drop for Sleep<'_> {
    fn drop(&mut self) {
        let mut state = self.timers.0.lock().expect(NEVER_POISONED);
        let waker = state.wakers.remove(&self.number);
        drop(state);
        drop(waker);
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
