//! Can two tasks execute at the same instant?

#[cfg(feature = "mine")]
#[path = "../../mine/both_at_once.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::time::Duration;

use attempt::both_at_once;
use tokio::runtime::{Builder, Runtime};

/// Enough for two threads to begin, on any machine.
const LONG: Duration = Duration::from_secs(8);

/// Enough to see that nobody comes.
const SHORT: Duration = Duration::from_millis(100);

const NEVER: &str = "ten seconds later there is no answer. Where no second task \
    can come, the first must give up after its patience";

fn workers(number: usize) -> Runtime {
    Builder::new_multi_thread()
        .worker_threads(number)
        .enable_time()
        .build()
        .expect("the system can start a thread")
}

#[test]
fn two_workers_execute_two_tasks_at_once() {
    exercises::ends_or(NEVER, || {
        exercises::same!(
            both_at_once(&workers(2), LONG),
            true,
            "with two workers, two tasks can meet: each can see that the other \
             has begun and has not ended. Does each of them wait for the other, \
             as long as its patience lasts?"
        );
    });
}

#[test]
fn on_one_thread_nobody_meets() {
    exercises::ends_or(NEVER, || {
        let runtime = Builder::new_current_thread()
            .enable_time()
            .build()
            .expect("a runtime without sockets can be built");
        exercises::same!(
            both_at_once(&runtime, SHORT),
            false,
            "one thread executes one task at a time. Two tasks that await \
             overlap even so. Does the attempt measure how long they take, or \
             await where it should keep the thread?"
        );
    });
}

#[test]
fn one_worker_is_one_thread() {
    exercises::ends_or(NEVER, || {
        exercises::same!(
            both_at_once(&workers(1), SHORT),
            false,
            "the multi-thread runtime with one worker executes one task at a \
             time. Who met, two of its tasks, or threads that are not workers, \
             such as those of `spawn_blocking`?"
        );
    });
}

#[test]
fn a_second_proof_starts_anew() {
    exercises::ends_or(NEVER, || {
        if both_at_once(&workers(1), SHORT) {
            // The test of one worker says so.
            return;
        }
        let two = workers(2);
        let first = both_at_once(&two, LONG);
        let one = both_at_once(&workers(1), SHORT);
        exercises::same!(
            (first, one),
            (true, false),
            "asked of two workers, and then of one. What does the second proof \
             know of the first?"
        );
    });
}
