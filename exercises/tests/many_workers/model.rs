//! With the threads of shuttle.

#[cfg(feature = "mine")]
#[path = "../../mine/many_workers.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

#[path = "../../src/orders.rs"]
mod orders;

// An attempt need not use all of them.
#[allow(unused_imports)]
mod sync {
    pub use shuttle::sync::{Condvar, Mutex, atomic};
    pub use shuttle::thread;
}

use std::future::poll_fn;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Poll, Waker};

use super::{SOURCE, yields};
use attempt::Executor;
use orders::End;

/// An attempt that holds on to a thread of the model gets a message.
fn ends(check: fn()) {
    exercises::ends_or(
        "a test with shuttle has not ended after ten seconds. Do all threads, \
         locks and atomics come from `super::sync`?",
        check,
    );
}

/// Runs `check` in one order of the workers' steps.
fn in_order(number: u64, check: impl Fn() + Send + Sync + 'static) -> End {
    if let Some(name) = orders::of_std(&exercises::code(SOURCE)) {
        panic!(
            "{}",
            exercises::once(format!(
                "shuttle does not see `{name}` of std, and waits for ever where \
                 it is waited for. Threads, locks and atomics come from \
                 `super::sync`: here it has those of shuttle, and in `real` \
                 those of std"
            ))
        );
    }
    orders::in_order(number, check)
        .unwrap_or_else(|said| panic!("in order {number}:\n{said}"))
}

/// A few tasks, and how many of them have ended.
struct Tasks {
    ended: Arc<AtomicUsize>,
    all: usize,
}

impl Tasks {
    fn new(all: usize) -> Tasks {
        let ended = Arc::default();
        Tasks { ended, all }
    }

    fn have_ended(&self) -> bool {
        self.ended.load(Ordering::Relaxed) == self.all
    }

    /// Runs them on so many workers, each task as `life` says.
    fn run<L>(
        &self,
        order: u64,
        workers: usize,
        life: impl Fn() -> L + Send + Sync + 'static,
    ) -> End
    where
        L: Future<Output = ()> + Send + 'static,
    {
        self.ended.store(0, Ordering::Relaxed);
        let (ended, all) = (Arc::clone(&self.ended), self.all);
        in_order(order, move || {
            let executor = Executor::new();
            for _ in 0..all {
                let (life, ended) = (life(), Arc::clone(&ended));
                executor.spawn(async move {
                    life.await;
                    ended.fetch_add(1, Ordering::Relaxed);
                });
            }
            executor.run(workers);
            assert_eq!(
                ended.load(Ordering::Relaxed),
                all,
                "`run` returned before all tasks had ended"
            );
        })
    }
}

#[test]
fn no_wake_up_is_lost_between_two_workers() {
    ends(|| {
        // With one task, a second worker has nothing to take from the queue but
        // the task that was woken during its poll.
        for (order, tasks) in
            (0..100).flat_map(|order| [(order, 1), (order, 3)])
        {
            let tasks = Tasks::new(tasks);
            let end = tasks.run(order, 2, || async {
                yields(sync::thread::yield_now).await;
                yields(sync::thread::yield_now).await;
            });
            // Whether the workers end, too, the next test asks.
            if let (End::AllWait, false) = (end, tasks.have_ended()) {
                panic!(
                    "in order {order}, all workers wait, and a task has not \
                 ended: its wake-up is lost. It was woken while a worker was \
                 polling it. Was it put into the queue, although it was not \
                 yet pending, and what does a worker do that takes it from \
                 there at that moment?"
                );
            }
        }
    });
}

#[test]
fn no_worker_waits_when_all_tasks_have_ended() {
    ends(|| {
        let tasks = Tasks::new(1);
        for order in 0..200 {
            let end =
                tasks.run(order, 3, || async { sync::thread::yield_now() });
            if let (End::AllWait, true) = (end, tasks.have_ended()) {
                panic!(
                    "three workers, one task; in order {order} it has \
                 ended, and a worker still waits for tasks, so `run` does not \
                 return. Who tells all who wait that there will be none?"
                );
            }
        }
    });
}

#[test]
fn two_workers_poll_two_tasks_at_once() {
    ends(|| {
        let most = Arc::new(AtomicUsize::new(0));
        let tasks = Tasks::new(3);
        for order in 0..200 {
            let inside = Arc::new(AtomicUsize::new(0));
            let most = Arc::clone(&most);
            tasks.run(order, 2, move || {
                let (inside, most) = (Arc::clone(&inside), Arc::clone(&most));
                async move {
                    let now = inside.fetch_add(1, Ordering::Relaxed) + 1;
                    most.fetch_max(now, Ordering::Relaxed);
                    sync::thread::yield_now();
                    inside.fetch_sub(1, Ordering::Relaxed);
                }
            });
        }
        match most.load(Ordering::Relaxed) {
            2 => {}
            0 | 1 => panic!(
                "in none of 200 orders were two tasks polled at once. Does `run` \
             start as many threads as it is told to, all before it joins the \
             first?"
            ),
            more => panic!(
                "`run(2)` polled {more} tasks at once. Does it start more threads \
             than it is told to?"
            ),
        }
    });
}

#[test]
fn a_late_wake_up_makes_no_work() {
    ends(|| {
        for order in 0..20 {
            let end = in_order(order, || {
                let executor = Executor::new();
                let late: Arc<Mutex<Option<Waker>>> = Arc::default();
                let place = Arc::clone(&late);
                executor.spawn(poll_fn(move |cx| {
                    *place.lock().expect("nobody panics") =
                        Some(cx.waker().clone());
                    Poll::Ready(())
                }));
                // Wakes the first task, which has ended, and waits for ever.
                executor.spawn(poll_fn(move |cx| {
                    let late = late.lock().expect("nobody panics").take();
                    match late {
                        Some(late) => late.wake(),
                        None => cx.waker().wake_by_ref(),
                    }
                    Poll::Pending
                }));
                executor.run(1);
            });
            assert!(
                matches!(end, End::AllWait),
                "a task has ended, its waker was called once more, and in \
                 order {order} the worker still finds work, although the \
                 other task waits. What does a worker do with a task that has \
                 no future any more?"
            );
        }
    });
}
