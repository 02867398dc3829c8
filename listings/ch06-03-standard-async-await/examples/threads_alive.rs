// ANCHOR: shown
use std::collections::BTreeMap;
use std::future::poll_fn;
use std::mem;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;

const WAITS: u32 = 12;

async fn thread_per_poll(clock: Arc<HandClock>, end: u32) {
    poll_fn(|cx| {
        if clock.now() >= end {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        clock.on_a_thread_at(end, move || waker.wake());
        Poll::Pending
    })
    .await
}

async fn thread_per_wait(clock: Arc<HandClock>, end: u32) {
    let latest = Arc::new(Mutex::new(None::<Waker>));
    let mut started = false;
    poll_fn(|cx| {
        let waker = cx.waker().clone();
        let mut slot = latest.lock().expect(NEVER_POISONED);
        if clock.now() >= end {
            return Poll::Ready(());
        }
        let older = slot.replace(waker);
        drop(slot);
        drop(older);
        if !mem::replace(&mut started, true) {
            let latest = Arc::clone(&latest);
            clock.on_a_thread_at(end, move || {
                let waker = latest.lock().expect(NEVER_POISONED).take();
                if let Some(waker) = waker {
                    waker.wake();
                }
            });
        }
        Poll::Pending
    })
    .await
}

/// Waits of 10 to 120 ms, joined in one task. Moves the clock from the end of
/// one to the end of the next, and counts the threads that wait.
fn count<F>(sleep_until: fn(Arc<HandClock>, u32) -> F) -> Vec<usize>
where
    F: Future<Output = ()>,
{
    let clock = Arc::new(HandClock::default());
    let ends = (1..=WAITS).map(|wait| 10 * wait);
    let waits = ends
        .map(|end| sleep_until(Arc::clone(&clock), end))
        .collect();
    let mut all = pin!(join_all(waits));
    let woken = Arc::new(Woken(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&woken));
    let look = |step| {
        // Returns when all that was due has been done: one poll for them all.
        clock.move_to(10 * step);
        if woken.0.swap(false, Ordering::Acquire) {
            let ready = all.as_mut().poll(&mut Context::from_waker(&waker));
            assert_eq!(ready.is_ready(), step == WAITS);
        }
        clock.threads()
    };
    (0..=WAITS).map(look).collect()
}

fn main() {
    let per_poll = count(thread_per_poll);
    let per_wait = count(thread_per_wait);
    let shared = count(one_thread_for_all);

    println!("time (ms)  one per poll  one per wait  one for all");
    for (step, poll) in per_poll.iter().enumerate() {
        let (time, wait, one) = (10 * step, per_wait[step], shared[step]);
        println!("{time:<9}  {poll:>12}  {wait:>12}  {one:>11}");
    }
}
// ANCHOR_END: shown

/// Time stands still until `count` moves it.
#[derive(Default)]
struct HandClock {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Default)]
struct State {
    now: u32,
    threads: usize,
    /// How many jobs are to be done at each end.
    due: BTreeMap<u32, usize>,
    /// What the one thread for all waits has to wake, by their ends.
    wakers: BTreeMap<u32, Waker>,
    timer_started: bool,
}

impl HandClock {
    fn now(&self) -> u32 {
        self.state.lock().expect(NEVER_POISONED).now
    }

    fn threads(&self) -> usize {
        self.state.lock().expect(NEVER_POISONED).threads
    }

    fn on_a_thread_at(
        self: &Arc<Self>,
        end: u32,
        job: impl FnOnce() + Send + 'static,
    ) {
        let mut state = self.state.lock().expect(NEVER_POISONED);
        state.threads += 1;
        *state.due.entry(end).or_default() += 1;
        drop(state);
        let clock = Arc::clone(self);
        thread::spawn(move || {
            let state = clock.state.lock().expect(NEVER_POISONED);
            let early = |state: &mut State| state.now < end;
            let state = clock.changed.wait_while(state, early);
            drop(state.expect(NEVER_POISONED));
            job();
            let mut state = clock.state.lock().expect(NEVER_POISONED);
            state.threads -= 1;
            state.done(end);
            clock.changed.notify_all();
        });
    }

    fn move_to(&self, time: u32) {
        let mut state = self.state.lock().expect(NEVER_POISONED);
        state.now = time;
        self.changed.notify_all();
        let busy = |state: &mut State| {
            state
                .due
                .first_key_value()
                .is_some_and(|(end, _)| *end <= time)
        };
        let state = self.changed.wait_while(state, busy);
        drop(state.expect(NEVER_POISONED));
    }

    /// Starts the one thread for all waits if it is not there yet.
    fn wake_at(self: &Arc<Self>, end: u32, waker: Waker) {
        let mut state = self.state.lock().expect(NEVER_POISONED);
        if !mem::replace(&mut state.timer_started, true) {
            state.threads += 1;
            let clock = Arc::clone(self);
            thread::spawn(move || clock.wake_in_time());
        }
        let older = state.wakers.insert(end, waker);
        if older.is_none() {
            *state.due.entry(end).or_default() += 1;
        }
        // To drop a waker may drop a task, whose waits want this lock.
        drop(state);
        drop(older);
    }

    fn wake_in_time(&self) {
        let mut state = self.state.lock().expect(NEVER_POISONED);
        loop {
            let now = state.now;
            let first = state.wakers.first_entry();
            let Some(wait) = first.filter(|wait| *wait.key() <= now) else {
                state = self.changed.wait(state).expect(NEVER_POISONED);
                continue;
            };
            let (end, waker) = wait.remove_entry();
            drop(state);
            waker.wake();
            state = self.state.lock().expect(NEVER_POISONED);
            state.done(end);
            self.changed.notify_all();
        }
    }
}

impl State {
    fn done(&mut self, end: u32) {
        if let Some(jobs) = self.due.get_mut(&end) {
            *jobs -= 1;
            if *jobs == 0 {
                self.due.remove(&end);
            }
        }
    }
}

async fn one_thread_for_all(clock: Arc<HandClock>, end: u32) {
    poll_fn(|cx| {
        if clock.now() >= end {
            return Poll::Ready(());
        }
        clock.wake_at(end, cx.waker().clone());
        Poll::Pending
    })
    .await
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

async fn join_all<F: Future<Output = ()>>(futures: Vec<F>) {
    let mut waiting: Vec<Pin<Box<F>>> =
        futures.into_iter().map(Box::pin).collect();
    poll_fn(|cx| {
        waiting.retain_mut(|future| future.as_mut().poll(cx).is_pending());
        if waiting.is_empty() {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    })
    .await
}

struct Woken(AtomicBool);

impl Wake for Woken {
    fn wake(self: Arc<Self>) {
        self.0.swap(true, Ordering::Release);
    }
}
