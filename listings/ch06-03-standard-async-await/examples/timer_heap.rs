// ANCHOR: shown
use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};
use std::future::poll_fn;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::{Condvar, Mutex, Once};
use std::task::{Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

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
static ALIVE: AtomicUsize = AtomicUsize::new(0);

async fn sleep(time: Duration) {
    static START: Once = Once::new();
    static NEXT: AtomicU64 = AtomicU64::new(0);
    START.call_once(|| drop(thread::spawn(keep_time)));

    let end = Instant::now() + time;
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

fn main() -> Result<(), String> {
    let time = Duration::from_millis(40);
    let start = Instant::now();
    block_on(join_all((0..1_000).map(|_| sleep(time)).collect()));
    let took = start.elapsed();

    if took < time || took > 1000 * time {
        return Err(format!("1000 sleeps of {time:?} took {took:?}"));
    }
    let threads = ALIVE.load(Ordering::Relaxed);
    println!("1000 sleeps, timer threads: {threads}");
    println!("at least as long as one, less than all together");
    Ok(())
}
// ANCHOR_END: shown

use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::task::{Context, Wake};
use std::thread::Thread;

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
