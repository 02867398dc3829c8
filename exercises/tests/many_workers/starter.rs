//! Let `run` poll the tasks on as many threads as it is told to.

use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

// In the tests, these are the types of std and, a second time, of shuttle.
// Threads, too: `super::sync::thread` has `spawn` and `JoinHandle`.
use super::sync::atomic::{AtomicBool, Ordering};
use super::sync::{Condvar, Mutex};

pub struct Executor {
    queue: Mutex<Queue>,
    changed: Condvar,
}

struct Queue {
    ready: VecDeque<Arc<Task>>,
    unfinished: usize,
}

struct Task {
    future: Mutex<Option<Job>>,
    queued: AtomicBool,
    executor: Arc<Executor>,
}

type Job = Pin<Box<dyn Future<Output = ()> + Send>>;

impl Executor {
    pub fn new() -> Arc<Executor> {
        Arc::new(Executor {
            queue: Mutex::new(Queue {
                ready: VecDeque::new(),
                unfinished: 0,
            }),
            changed: Condvar::new(),
        })
    }

    pub fn spawn(
        self: &Arc<Self>,
        job: impl Future<Output = ()> + Send + 'static,
    ) {
        self.queue.lock().expect(NEVER_POISONED).unfinished += 1;
        let task = Arc::new(Task {
            future: Mutex::new(Some(Box::pin(job))),
            queued: AtomicBool::new(false),
            executor: Arc::clone(self),
        });
        task.wake();
    }

    /// Returns when every task has ended.
    pub fn run(self: &Arc<Self>, _workers: usize) {
        self.work();
    }

    fn work(&self) {
        loop {
            let mut queue = self.queue.lock().expect(NEVER_POISONED);
            let task = loop {
                if queue.unfinished == 0 {
                    return;
                }
                if let Some(task) = queue.ready.pop_front() {
                    break task;
                }
                queue = self.changed.wait(queue).expect(NEVER_POISONED);
            };
            drop(queue);
            task.poll();
        }
    }
}

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        if !self.queued.swap(true, Ordering::Release) {
            let executor = Arc::clone(&self.executor);
            let mut queue = executor.queue.lock().expect(NEVER_POISONED);
            queue.ready.push_back(self);
            drop(queue);
            executor.changed.notify_one();
        }
    }
}

impl Task {
    fn poll(self: Arc<Self>) {
        self.queued.swap(false, Ordering::Acquire);
        let taken = self.future.lock().expect(NEVER_POISONED).take();
        let Some(mut job) = taken else { return };
        let waker = Waker::from(Arc::clone(&self));
        let mut cx = Context::from_waker(&waker);
        if job.as_mut().poll(&mut cx).is_pending() {
            *self.future.lock().expect(NEVER_POISONED) = Some(job);
            return;
        }
        let mut queue = self.executor.queue.lock().expect(NEVER_POISONED);
        queue.unfinished -= 1;
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
