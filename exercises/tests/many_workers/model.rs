//! With the threads of shuttle.

#[cfg(feature = "mine")]
#[path = "../../mine/many_workers.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

// An attempt need not use all of them.
#[allow(unused_imports)]
mod sync {
    pub use shuttle::sync::{Condvar, Mutex, atomic};
    pub use shuttle::thread;
}

use std::panic::take_hook;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Once};

use super::{SOURCE, yields};
use attempt::Executor;
use shuttle::scheduler::{Schedule, Scheduler, Task, TaskId};
use shuttle::{Config, FailurePersistence, Runner};

/// Lets a thread that can run take its next step, whichever it is.
///
/// One number, one order: what fails once, fails every time.
struct Order {
    number: u64,
    state: u64,
    begun: bool,
}

impl Order {
    fn new(number: u64) -> Order {
        Order {
            number,
            state: number,
            begun: false,
        }
    }
}

impl Scheduler for Order {
    fn new_execution(&mut self) -> Option<Schedule> {
        let first = !self.begun;
        self.begun = true;
        first.then(|| Schedule::new(self.number))
    }

    fn next_task(
        &mut self,
        runnable: &[&Task],
        _: Option<TaskId>,
        _: bool,
    ) -> Option<TaskId> {
        let count = u64::try_from(runnable.len()).ok()?;
        let chosen = usize::try_from(self.next_u64() % count).ok()?;
        Some(runnable[chosen].id())
    }

    /// SplitMix64: close numbers give orders that have nothing in common.
    fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }
}

/// How one order of the workers' steps ended.
enum End {
    /// `run` has returned.
    Returned,
    /// All threads wait, for ever.
    AllWait,
}

/// Runs `check` in one order of the workers' steps.
fn in_order(number: u64, check: impl Fn() + Send + Sync + 'static) -> End {
    let explore = move |order, check: Box<dyn Fn() + Send + Sync>| {
        let mut config = Config::new();
        config.failure_persistence = FailurePersistence::None;
        // Of memory orders weaker than SeqCst, which it does not explore.
        config.silence_warnings = true;
        Runner::new(Order::new(order), config).run(check);
    };
    static FIRST: Once = Once::new();
    FIRST.call_once(|| {
        explore(0, Box::new(|| ()));
        // Shuttle's hook would explain every panic of this process.
        drop(take_hook());
    });
    assert!(
        !exercises::code(SOURCE).contains("std::thread"),
        "shuttle does not see a thread of std. Take `super::sync::thread`: \
         here it has the threads of shuttle, and in `real` those of std"
    );
    match exercises::caught(|| explore(number, Box::new(check))) {
        Ok(()) => End::Returned,
        Err(said) if said.contains("deadlock!") => End::AllWait,
        Err(said) => panic!("in order {number}:\n{said}"),
    }
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
    // With one task, a second worker has nothing to take from the queue but
    // the task that was woken during its poll.
    for (order, tasks) in (0..100).flat_map(|order| [(order, 1), (order, 3)]) {
        let tasks = Tasks::new(tasks);
        let end = tasks.run(order, 2, || async {
            yields(sync::thread::yield_now).await;
            yields(sync::thread::yield_now).await;
        });
        // Whether the workers end, too, the next test asks.
        if let (End::AllWait, false) = (end, tasks.have_ended()) {
            panic!(
                "in order {order}, all workers wait, and a task has not \
                 ended: its wake-up is lost. It was woken while another \
                 worker was polling it. What does a worker do that takes it \
                 from the queue at that moment?"
            );
        }
    }
}

#[test]
fn no_worker_waits_when_all_tasks_have_ended() {
    let tasks = Tasks::new(1);
    for order in 0..200 {
        let end = tasks.run(order, 3, || async { sync::thread::yield_now() });
        if let (End::AllWait, true) = (end, tasks.have_ended()) {
            panic!(
                "three workers, one task; in order {order} it has \
                 ended, and a worker still waits for tasks, so `run` does not \
                 return. Who tells all who wait that there will be none?"
            );
        }
    }
}

#[test]
fn two_workers_poll_two_tasks_at_once() {
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
}
