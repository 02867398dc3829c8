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

use std::panic::{AssertUnwindSafe, catch_unwind, take_hook};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::yields;
use attempt::Executor;
use shuttle::scheduler::RandomScheduler;
use shuttle::{Config, FailurePersistence, Runner};

/// Runs `check` in 200 orders of the workers' steps, the same ones every time.
fn in_many_orders(check: impl Fn() + Send + Sync + 'static) {
    let scheduler = RandomScheduler::new_from_seed(2026, 200);
    let mut config = Config::new();
    config.failure_persistence = FailurePersistence::None;
    // Of memory orders weaker than SeqCst, which it does not explore.
    config.silence_warnings = true;
    let runner = Runner::new(scheduler, config);
    let all = catch_unwind(AssertUnwindSafe(|| runner.run(check)));
    // Shuttle's hook would go on to explain every panic of this process.
    drop(take_hook());
    assert!(
        all.is_ok(),
        "in one of 200 orders it goes wrong; the message above says how. \
         `deadlock!` means that all threads wait: for a task whose wake-up is \
         lost, or for tasks when all have ended"
    );
}

#[test]
fn no_wake_up_is_lost_between_two_workers() {
    in_many_orders(|| {
        let executor = Executor::new();
        let served = Arc::new(AtomicUsize::new(0));
        for _ in 0..3 {
            let served = Arc::clone(&served);
            executor.spawn(async move {
                yields(sync::thread::yield_now).await;
                served.fetch_add(1, Ordering::Relaxed);
            });
        }
        executor.run(2);
        let served = served.load(Ordering::Relaxed);
        assert_eq!(
            served, 3,
            "`run` returned before all three tasks had ended"
        );
    });
}

#[test]
fn two_workers_poll_two_tasks_at_once() {
    let most = Arc::new(AtomicUsize::new(0));
    let seen = Arc::clone(&most);
    in_many_orders(move || {
        let executor = Executor::new();
        let inside = Arc::new(AtomicUsize::new(0));
        for _ in 0..2 {
            let (inside, most) = (Arc::clone(&inside), Arc::clone(&most));
            executor.spawn(async move {
                let now = inside.fetch_add(1, Ordering::Relaxed) + 1;
                most.fetch_max(now, Ordering::Relaxed);
                sync::thread::yield_now();
                inside.fetch_sub(1, Ordering::Relaxed);
            });
        }
        executor.run(2);
    });
    assert_eq!(
        seen.load(Ordering::Relaxed),
        2,
        "in none of 200 orders were two tasks polled at once. Does `run` \
         start as many threads as it is told to?"
    );
}
