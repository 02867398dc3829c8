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

use std::future::poll_fn;
use std::panic::take_hook;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, Once};
use std::task::{Poll, Waker};

use super::{SOURCE, yields};
use attempt::Executor;
use shuttle::scheduler::{Schedule, Scheduler, Task, TaskId};
use shuttle::{Config, FailurePersistence, MaxSteps, Runner};

/// Lets a thread that can run take its next step, whichever it is.
///
/// One number, one order: what fails once, fails every time.
struct Order {
    number: u64,
    state: u64,
    begun: bool,
    guard: Arc<Guard>,
}

/// A thread of the model that can always run, and has its turn only when all
/// others wait. Without it, shuttle would explain each deadlock at length.
#[derive(Default)]
struct Guard {
    may_go: AtomicBool,
    saw_all_wait: AtomicBool,
}

/// The first thread that the model starts, after its own.
const GUARD: usize = 1;

impl Order {
    fn new(number: u64, guard: &Arc<Guard>) -> Order {
        Order {
            number,
            state: number,
            begun: false,
            guard: Arc::clone(guard),
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
        let guard = TaskId::from(GUARD);
        let others = || {
            runnable
                .iter()
                .map(|task| task.id())
                .filter(|&id| id != guard)
        };
        let count = others().count();
        if count == 0 {
            if self.guard.may_go.load(Ordering::Relaxed) {
                return Some(guard);
            }
            // Ends this order, which would not end by itself.
            self.guard.saw_all_wait.store(true, Ordering::Relaxed);
            return None;
        }
        let count = u64::try_from(count).ok()?;
        others().nth(usize::try_from(self.next_u64() % count).ok()?)
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

/// What `code` takes from std and shuttle cannot see.
fn of_std(code: &str) -> Option<String> {
    if code.contains("std::thread") {
        return Some("thread".to_owned());
    }
    let paths = code.split("std::sync::").skip(1);
    let names = paths.flat_map(|path| match path.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default().split(','),
        None => path
            .split([';', '(', '<', ' ', ':'])
            .next()
            .unwrap_or_default()
            .split(','),
    });
    names
        .map(|name| name.trim().split("::").next().unwrap_or_default())
        .find(|name| !["", "Arc", "Weak", "self"].contains(name))
        .map(str::to_owned)
}

/// An attempt that holds on to a thread of the model gets a message.
fn ends(check: fn()) {
    exercises::ends_or(
        "a test with shuttle has not ended after ten seconds. Do all threads, \
         locks and atomics come from `super::sync`?",
        check,
    );
}

/// How one order of the workers' steps ended.
enum End {
    /// `run` has returned.
    Returned,
    /// All threads wait, for ever.
    AllWait,
    /// It would go on for ever.
    GoesOn,
}

/// Runs `check` in one order of the workers' steps.
fn in_order(number: u64, check: impl Fn() + Send + Sync + 'static) -> End {
    let guard = Arc::new(Guard::default());
    let explore = |check: Box<dyn Fn() + Send + Sync>| {
        let mut config = Config::new();
        config.failure_persistence = FailurePersistence::None;
        config.max_steps = MaxSteps::FailAfter(100_000);
        // Of memory orders weaker than SeqCst, which it does not explore.
        config.silence_warnings = true;
        let (order, guard) = (Order::new(number, &guard), Arc::clone(&guard));
        Runner::new(order, config).run(move || {
            let waits = Arc::clone(&guard);
            let watch = sync::thread::spawn(move || {
                while !waits.may_go.load(Ordering::Relaxed) {
                    sync::thread::yield_now();
                }
            });
            check();
            guard.may_go.store(true, Ordering::Relaxed);
            watch.join().expect("the guard does not panic");
        });
    };
    static FIRST: Once = Once::new();
    FIRST.call_once(|| {
        explore(Box::new(|| ()));
        guard.may_go.store(false, Ordering::Relaxed);
        // Shuttle's hook would explain every panic of this process.
        drop(take_hook());
    });
    if let Some(name) = of_std(&exercises::code(SOURCE)) {
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
    let ended = exercises::caught(|| explore(Box::new(check)));
    let all_wait = guard.saw_all_wait.load(Ordering::Relaxed);
    match ended {
        Err(said) if said.contains("max_steps") => End::GoesOn,
        Err(said) => panic!("in order {number}:\n{said}"),
        Ok(()) if all_wait => End::AllWait,
        Ok(()) => End::Returned,
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
