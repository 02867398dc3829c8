// ANCHOR: shown
use std::cell::Cell;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

#[derive(Default)]
struct Shared {
    done: bool,
    waker: Option<Waker>,
}

struct Toast {
    time: Duration,
    /// `None` until the first poll.
    shared: Option<Arc<Mutex<Shared>>>,
}

impl Future for Toast {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let time = self.time;
        let shared = self.shared.get_or_insert_with(|| toaster(time));
        let mut shared = shared.lock().expect(NEVER_POISONED);
        if shared.done {
            return Poll::Ready(());
        }
        shared.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

/// Starts the work; only the work itself says that it is done.
fn toaster(time: Duration) -> Arc<Mutex<Shared>> {
    let ours = Arc::new(Mutex::new(Shared::default()));
    let theirs = Arc::clone(&ours);
    thread::spawn(move || {
        thread::sleep(time);
        let mut shared = theirs.lock().expect(NEVER_POISONED);
        shared.done = true;
        let waker = shared.waker.take();
        drop(shared);
        if let Some(waker) = waker {
            waker.wake();
        }
    });
    ours
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";

async fn serve(inside: &Cell<u32>, dish: &str, time: Duration) -> bool {
    inside.set(inside.get() + 1);
    println!("{dish} goes in, slices inside: {}", inside.get());
    let start = Instant::now();
    Toast { time, shared: None }.await;
    inside.set(inside.get() - 1);
    start.elapsed() >= time
}

fn main() -> ExitCode {
    let inside = Cell::new(0);
    let thick = serve(&inside, "thick slice", Duration::from_millis(60));
    let thin = serve(&inside, "thin slice", Duration::from_millis(20));
    let (thick, thin) = block_on(join(thick, thin));
    println!("both are out, neither too early: {}", thick && thin);
    if thick && thin {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
// ANCHOR_END: shown

use std::sync::atomic::{AtomicBool, Ordering};
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

async fn join<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut from_a, mut from_b) = (None, None);
    poll_fn(|cx| {
        // A future that has returned Ready must not be polled again.
        if from_a.is_none()
            && let Poll::Ready(output) = a.as_mut().poll(cx)
        {
            from_a = Some(output);
        }
        if from_b.is_none()
            && let Poll::Ready(output) = b.as_mut().poll(cx)
        {
            from_b = Some(output);
        }
        if from_a.is_none() || from_b.is_none() {
            return Poll::Pending;
        }
        Poll::Ready(from_a.take().zip(from_b.take()).expect("both are here"))
    })
    .await
}
