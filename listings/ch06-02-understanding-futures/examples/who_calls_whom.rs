use std::cell::Cell;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, Wake, Waker};

const EXECUTOR: usize = 0;
const FUTURE: usize = 18;
const WAKER: usize = 36;
const STOVE: usize = 54;

/// Prints in the column of whoever acts.
fn says(column: usize, what: &str) {
    println!("{:column$}{what}", "");
}

#[derive(Default)]
struct Stove {
    done: Cell<bool>,
    waker: Cell<Option<Waker>>,
}

impl Stove {
    /// A real event source would sleep here, in a call of the system.
    fn wait(&self) {
        self.done.set(true);
        says(STOVE, "done");
        if let Some(waker) = self.waker.take() {
            says(STOVE, "wake()");
            waker.wake();
        }
    }
}

struct Toast<'a>(&'a Stove);

impl Future for Toast<'_> {
    type Output = &'static str;

    fn poll(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        if self.0.done.get() {
            says(FUTURE, "done: Ready");
            return Poll::Ready("toast");
        }
        says(FUTURE, "stores the waker");
        self.0.waker.set(Some(context.waker().clone()));
        says(FUTURE, "not done: Pending");
        Poll::Pending
    }
}

struct Flag(AtomicBool);

impl Wake for Flag {
    fn wake(self: Arc<Self>) {
        says(WAKER, "sets its flag");
        self.0.store(true, Ordering::Release);
    }
}

fn main() {
    println!("executor          future            waker             stove");
    let stove = Stove::default();
    let mut toast = pin!(Toast(&stove));
    // Set from the start: the first poll needs no wake-up.
    let flag = Arc::new(Flag(AtomicBool::new(true)));
    let waker = Waker::from(Arc::clone(&flag));
    let mut context = Context::from_waker(&waker);
    loop {
        if flag.0.swap(false, Ordering::Acquire) {
            says(EXECUTOR, "poll()");
            if let Poll::Ready(dish) = toast.as_mut().poll(&mut context) {
                says(EXECUTOR, &format!("serves {dish}"));
                break;
            }
        } else {
            says(EXECUTOR, "waits for events");
            stove.wait();
        }
    }
}
