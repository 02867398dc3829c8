use std::collections::BTreeSet;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
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

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Future for Alarm {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        let after = self.after;
        let shared = self.shared.get_or_insert_with(|| {
            let shared = Arc::new(Mutex::new(Shared::default()));
            let rings = Arc::clone(&shared);
            thread::spawn(move || {
                thread::sleep(after);
                let mut shared = locked(&rings);
                shared.done = true;
                let waker = shared.waker.take();
                // A waker is foreign code, and may poll at once.
                drop(shared);
                if let Some(waker) = waker {
                    waker.wake();
                }
            });
            shared
        });
        let mut shared = locked(shared);
        if shared.done {
            return Poll::Ready(());
        }
        shared.waker = Some(cx.waker().clone());
        Poll::Pending
    }
}

/// Who has been woken, and the thread that looks.
struct Bell {
    woken: Mutex<BTreeSet<usize>>,
    thread: Thread,
}

struct Ring {
    number: usize,
    bell: Arc<Bell>,
}

impl Wake for Ring {
    fn wake(self: Arc<Self>) {
        locked(&self.bell.woken).insert(self.number);
        self.bell.thread.unpark();
    }
}

/// Runs all of them at once, and returns how often each was polled. Who was not
/// woken is not polled, and while nobody is woken, the thread sleeps.
pub fn run_all(jobs: Vec<Pin<Box<dyn Future<Output = ()>>>>) -> Vec<usize> {
    let mut polls = vec![0; jobs.len()];
    let bell = Arc::new(Bell {
        woken: Mutex::new((0..jobs.len()).collect()),
        thread: thread::current(),
    });
    let mut jobs: Vec<_> = jobs.into_iter().map(Some).collect();
    while jobs.iter().any(Option::is_some) {
        let woken = std::mem::take(&mut *locked(&bell.woken));
        if woken.is_empty() {
            // Who rings between the two lines has left a token.
            thread::park();
        }
        for number in woken {
            let Some(job) = &mut jobs[number] else {
                continue;
            };
            let bell = Arc::clone(&bell);
            let waker = Waker::from(Arc::new(Ring { number, bell }));
            polls[number] += 1;
            let poll = job.as_mut().poll(&mut Context::from_waker(&waker));
            if poll.is_ready() {
                jobs[number] = None;
            }
        }
    }
    polls
}
