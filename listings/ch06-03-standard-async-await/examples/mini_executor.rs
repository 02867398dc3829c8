// ANCHOR: shown
use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

struct Executor {
    ready: Mutex<VecDeque<Arc<Task>>>,
    thread: Thread,
}

struct Task {
    future: Mutex<Option<Pin<Box<dyn Future<Output = ()> + Send>>>>,
    queued: AtomicBool,
    executor: Weak<Executor>,
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        // Woken twice before it runs, a task stands in the queue once.
        if !self.queued.swap(true, Ordering::Release)
            && let Some(executor) = self.executor.upgrade()
        {
            let mut ready = executor.ready.lock().expect(NEVER_POISONED);
            ready.push_back(self);
            drop(ready);
            executor.thread.unpark();
        }
    }
}

impl Executor {
    fn new() -> Arc<Executor> {
        Arc::new(Executor {
            ready: Mutex::default(),
            thread: thread::current(),
        })
    }

    fn spawn<T, F>(self: &Arc<Self>, job: F) -> Handle<T>
    where
        T: Send + 'static,
        F: Future<Output = T> + Send + 'static,
    {
        let output = Arc::new(Slot::default());
        let slot = Arc::clone(&output);
        let future = Box::pin(async move { slot.put(job.await) });
        let executor = Arc::downgrade(self);
        let task = Arc::new(Task {
            future: Mutex::new(Some(future)),
            queued: AtomicBool::new(false),
            executor: executor.clone(),
        });
        task.wake();
        Handle { output, executor }
    }

    fn run<T>(&self, until: Handle<T>) -> T {
        // Nothing else would unpark this thread.
        assert_eq!(thread::current().id(), self.thread.id(), "wrong thread");
        assert!(ptr::eq(until.executor.as_ptr(), self), "wrong executor");
        loop {
            if let Some(output) = until.output.try_take() {
                return output;
            }
            let next = self.ready.lock().expect(NEVER_POISONED).pop_front();
            match next {
                Some(task) => task.poll(),
                None => thread::park(),
            }
        }
    }
}

/// Nothing but `spawn` makes one, and nothing but `run` and `.await` take it.
struct Handle<T> {
    output: Arc<Slot<T>>,
    executor: Weak<Executor>,
}

impl<T> Future for Handle<T> {
    type Output = T;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<T> {
        self.output.poll_take(cx)
    }
}

impl Task {
    fn poll(self: Arc<Self>) {
        // Before the poll: who wakes the task from now on queues it anew. And
        // a swap, to see what those have written who found it in the queue.
        self.queued.swap(false, Ordering::Acquire);
        // Out of the lock: a job that panics is dropped, and poisons nothing.
        let taken = self.future.lock().expect(NEVER_POISONED).take();
        let Some(mut job) = taken else { return };
        let waker = Waker::from(Arc::clone(&self));
        let mut cx = Context::from_waker(&waker);
        if job.as_mut().poll(&mut cx).is_pending() {
            *self.future.lock().expect(NEVER_POISONED) = Some(job);
        }
    }
}

fn main() {
    let executor = Executor::new();
    let mut bells = Vec::new();
    let mut handles = Vec::new();
    for dish in ["soup", "eggs", "toast"] {
        let bell = Arc::new(Slot::default());
        bells.push(Arc::clone(&bell));
        handles.push(executor.spawn(async move {
            println!("{dish}: on the stove");
            bell.take().await;
            println!("{dish}: done");
            dish
        }));
    }
    // The fourth task runs after the first three have begun to wait.
    executor.spawn(async move {
        thread::spawn(move || {
            for bell in bells.iter().rev() {
                bell.put(());
            }
        });
    });
    let waiter = executor.spawn(async move {
        let mut served = Vec::new();
        for handle in handles {
            served.push(handle.await);
        }
        served
    });
    println!(
        "served in the order of the guests: {:?}",
        executor.run(waiter)
    );
}
// ANCHOR_END: shown

/// A place for one value: the output of a task, and the bell that rings when
/// a dish is done.
struct Slot<T>(Mutex<(Option<T>, Option<Waker>)>);

impl<T> Default for Slot<T> {
    fn default() -> Self {
        Slot(Mutex::new((None, None)))
    }
}

impl<T> Slot<T> {
    fn put(&self, value: T) {
        let mut slot = self.0.lock().expect(NEVER_POISONED);
        slot.0 = Some(value);
        let waker = slot.1.take();
        drop(slot);
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn try_take(&self) -> Option<T> {
        self.0.lock().expect(NEVER_POISONED).0.take()
    }

    async fn take(&self) -> T {
        poll_fn(|cx| self.poll_take(cx)).await
    }

    fn poll_take(&self, cx: &mut Context<'_>) -> Poll<T> {
        // Cloned before the lock is taken, and dropped after: foreign code.
        let waker = cx.waker().clone();
        let mut slot = self.0.lock().expect(NEVER_POISONED);
        if let Some(value) = slot.0.take() {
            return Poll::Ready(value);
        }
        let older = slot.1.replace(waker);
        drop(slot);
        drop(older);
        Poll::Pending
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
