// ANCHOR: shown
use std::future::poll_fn;
use std::mem;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

const WAITS: u32 = 12;
const STEP: Duration = Duration::from_millis(10);

static ALIVE: AtomicUsize = AtomicUsize::new(0);

fn on_a_thread_at(end: Instant, job: impl FnOnce() + Send + 'static) {
    ALIVE.fetch_add(1, Ordering::Relaxed);
    thread::spawn(move || {
        thread::sleep(end.saturating_duration_since(Instant::now()));
        ALIVE.fetch_sub(1, Ordering::Relaxed);
        job();
    });
}

async fn thread_per_poll(end: Instant) {
    poll_fn(|cx| {
        if Instant::now() >= end {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        on_a_thread_at(end, move || waker.wake());
        Poll::Pending
    })
    .await
}

async fn thread_per_wait(end: Instant) {
    let latest = Arc::new(Mutex::new(None::<Waker>));
    let mut started = false;
    poll_fn(|cx| {
        let waker = cx.waker().clone();
        let mut slot = latest.lock().expect(NEVER_POISONED);
        if Instant::now() >= end {
            return Poll::Ready(());
        }
        let older = slot.replace(waker);
        drop(slot);
        drop(older);
        if !mem::replace(&mut started, true) {
            let latest = Arc::clone(&latest);
            on_a_thread_at(end, move || {
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

/// Waits of 1 to 12 steps, joined in one task. Counts the threads that wait
/// for them, in the middle of each step.
fn count<F>(sleep_until: fn(Instant) -> F) -> Vec<usize>
where
    F: Future<Output = ()>,
{
    let start = Instant::now();
    let counter = thread::spawn(move || {
        let look = |step| {
            let time = start + STEP * step + STEP / 2;
            thread::sleep(time.saturating_duration_since(Instant::now()));
            ALIVE.load(Ordering::Relaxed)
        };
        (0..=WAITS).map(look).collect()
    });
    let ends = (1..=WAITS).map(|step| start + STEP * step);
    block_on(join_all(ends.map(sleep_until).collect()));
    counter.join().expect("counting does not panic")
}

fn main() -> Result<(), String> {
    let per_poll = count(thread_per_poll);
    let per_wait = count(thread_per_wait);
    let shared = count(one_thread_for_all);

    println!("time (ms)  one per poll  one per wait  one for all");
    for (step, poll) in per_poll.iter().enumerate() {
        let (time, wait, one) = (10 * step + 5, per_wait[step], shared[step]);
        println!("{time:<9}  {poll:>12}  {wait:>12}  {one:>11}");
    }
    let most = |counts: Vec<usize>| counts.into_iter().max().unwrap_or(0);
    match (most(per_poll), most(per_wait), most(shared)) {
        (poll, wait, 1) if wait <= WAITS as usize && poll > wait => Ok(()),
        other => Err(format!("the most threads were {other:?}")),
    }
}
// ANCHOR_END: shown

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::pin::{Pin, pin};
use std::sync::Condvar;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::task::{Context, Wake};
use std::thread::Thread;

struct Timers {
    /// The earliest end on top, with the number of its sleep.
    ends: BinaryHeap<Reverse<(Instant, u64)>>,
    wakers: BTreeMap<u64, Waker>,
}

static TIMERS: Mutex<Timers> = Mutex::new(Timers {
    ends: BinaryHeap::new(),
    wakers: BTreeMap::new(),
});
static CHANGED: Condvar = Condvar::new();

async fn one_thread_for_all(end: Instant) {
    static START: Once = Once::new();
    static NEXT: AtomicU64 = AtomicU64::new(0);
    START.call_once(|| drop(thread::spawn(keep_time)));

    let sleep = Sleep(NEXT.fetch_add(1, Ordering::Relaxed));
    poll_fn(|cx| {
        if Instant::now() >= end {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        let mut timers = TIMERS.lock().expect(NEVER_POISONED);
        let older = timers.wakers.insert(sleep.0, waker);
        if older.is_none() {
            timers.ends.push(Reverse((end, sleep.0)));
            // Only a new earliest end cuts the wait of the thread short.
            if timers.ends.peek().is_some_and(|top| top.0.1 == sleep.0) {
                CHANGED.notify_one();
            }
        }
        // To drop a waker may drop a task, whose sleeps want this lock.
        drop(timers);
        Poll::Pending
    })
    .await
}

/// A cancelled sleep wakes nobody.
struct Sleep(u64);

impl Drop for Sleep {
    fn drop(&mut self) {
        let mut timers = TIMERS.lock().expect(NEVER_POISONED);
        let waker = timers.wakers.remove(&self.0);
        drop(timers);
        drop(waker);
    }
}

fn keep_time() {
    ALIVE.fetch_add(1, Ordering::Relaxed);
    let mut timers = TIMERS.lock().expect(NEVER_POISONED);
    loop {
        let now = Instant::now();
        let Some(&Reverse((end, id))) = timers.ends.peek() else {
            timers = CHANGED.wait(timers).expect(NEVER_POISONED);
            continue;
        };
        if end > now {
            let wait = CHANGED.wait_timeout(timers, end - now);
            timers = wait.expect(NEVER_POISONED).0;
            continue;
        }
        timers.ends.pop();
        if let Some(waker) = timers.wakers.remove(&id) {
            drop(timers);
            waker.wake();
            timers = TIMERS.lock().expect(NEVER_POISONED);
        }
    }
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

fn block_on<F: Future>(future: F) -> F::Output {
    let signal = Arc::new(Signal {
        thread: thread::current(),
        woken: AtomicBool::new(false),
    });
    let waker = Waker::from(Arc::clone(&signal));
    let mut cx = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
        // A flag, because park may return early, and because a poll that
        // parks for its own purposes may use up our unpark.
        while !signal.woken.swap(false, Ordering::Acquire) {
            thread::park();
        }
    }
}

struct Signal {
    thread: Thread,
    woken: AtomicBool,
}

impl Wake for Signal {
    fn wake(self: Arc<Self>) {
        // A swap, not a store: a second wake must not hide what the first
        // one has published.
        self.woken.swap(true, Ordering::Release);
        self.thread.unpark();
    }
}
