//! With the threads of shuttle.

#[cfg_attr(feature = "mine", path = "../../mine/many_workers.rs")]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(
    not(any(feature = "mine", feature = "starter")),
    path = "solution.rs"
)]
mod attempt;

mod sync {
    pub use shuttle::sync::{Condvar, Mutex, atomic};
    pub use shuttle::thread;
}

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::yields;
use attempt::Executor;
use shuttle::scheduler::RandomScheduler;
use shuttle::{Config, Runner};

/// Runs `check` in 1,000 orders, the same ones in every run of the test.
fn in_many_orders(check: impl Fn() + Send + Sync + 'static) {
    let scheduler = RandomScheduler::new_from_seed(2026, 1_000);
    Runner::new(scheduler, Config::new()).run(check);
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
        "in none of 1,000 orders were two tasks polled at once. Does `run` \
         start as many threads as it is told to?"
    );
}
