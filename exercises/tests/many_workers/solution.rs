use std::collections::VecDeque;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Wake, Waker};

use super::sync::atomic::{AtomicBool, Ordering};
use super::sync::{Condvar, Mutex, thread};

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
    pub fn run(self: &Arc<Self>, workers: usize) {
        let start = |_| {
            let executor = Arc::clone(self);
            thread::spawn(move || executor.work())
        };
        let workers: Vec<_> = (0..workers).map(start).collect();
        for worker in workers {
            worker.join().expect("no task panics");
        }
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
        // Locked for the whole poll. A worker that finds the task in the queue
        // meanwhile must wait; were the place empty, it would take the task
        // for finished, and the wake-up would be lost.
        let mut future = self.future.lock().expect("no task panics");
        let Some(job) = &mut *future else { return };
        let waker = Waker::from(Arc::clone(&self));
        let mut cx = Context::from_waker(&waker);
        if job.as_mut().poll(&mut cx).is_pending() {
            return;
        }
        *future = None;
        let mut queue = self.executor.queue.lock().expect(NEVER_POISONED);
        queue.unfinished -= 1;
        if queue.unfinished == 0 {
            drop(queue);
            // The others wait for tasks, and there will be none.
            self.executor.changed.notify_all();
        }
    }
}

const NEVER_POISONED: &str = "nothing panics while it holds this lock";
