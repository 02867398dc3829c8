// ANCHOR: shown
use std::pin::pin;
use std::process::ExitCode;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

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

async fn toast() -> &'static str {
    on_thread(|| thread::sleep(Duration::from_millis(20))).await;
    "toast"
}

fn main() -> ExitCode {
    let (mut parked, mut spun) = (0, 0);
    let first = block_on(counted(toast(), &mut parked));
    let second = spin_on(counted(toast(), &mut spun));
    if parked > 2 || spun < 1_000 {
        eprintln!("{parked} polls with park, {spun} without");
        return ExitCode::FAILURE;
    }
    println!("block_on: {first} after at most 2 polls");
    println!("the same loop without park: {second} after {spun} polls");
    ExitCode::SUCCESS
}
// ANCHOR_END: shown

fn spin_on<F: Future>(future: F) -> F::Output {
    let mut cx = Context::from_waker(Waker::noop());
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut cx) {
            return output;
        }
    }
}

async fn counted<F: Future>(future: F, polls: &mut u32) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|cx| {
        *polls += 1;
        future.as_mut().poll(cx)
    })
    .await
}

use std::future::poll_fn;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Mutex;

struct Slot<T> {
    result: Option<thread::Result<T>>,
    waker: Option<Waker>,
}

async fn on_thread<T, J>(job: J) -> T
where
    T: Send + 'static,
    J: FnOnce() -> T + Send + 'static,
{
    let ours = Arc::new(Mutex::new(Slot {
        result: None,
        waker: None,
    }));
    let theirs = Arc::clone(&ours);
    thread::spawn(move || {
        // A panic must arrive, too; without it the future would wait forever.
        let result = panic::catch_unwind(AssertUnwindSafe(job));
        let mut slot = theirs.lock().expect(NEVER_POISONED);
        slot.result = Some(result);
        let waker = slot.waker.take();
        // A waker is foreign code: it runs when the lock is free again.
        drop(slot);
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    poll_fn(|cx| {
        let mut slot = ours.lock().expect(NEVER_POISONED);
        let Some(result) = slot.result.take() else {
            // Under the lock that guards the result: the thread cannot
            // finish between the look and the note. And at every poll: the
            // future may have moved to another task.
            slot.waker = Some(cx.waker().clone());
            return Poll::Pending;
        };
        drop(slot);
        Poll::Ready(result.unwrap_or_else(|p| panic::resume_unwind(p)))
    })
    .await
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
