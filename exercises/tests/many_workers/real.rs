//! With the threads of std.

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
    pub use std::sync::{Condvar, Mutex, atomic};
    pub use std::thread;
}

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::yields;
use attempt::Executor;

#[test]
fn four_workers_finish_ten_thousand_tasks() {
    exercises::ends(|| {
        let executor = Executor::new();
        let served = Arc::new(AtomicUsize::new(0));
        for _ in 0..10_000 {
            let served = Arc::clone(&served);
            executor.spawn(async move {
                // No pause: beside other programs, ten thousand of them take
                // longer than anybody waits. Shuttle tries them out.
                yields(|| ()).await;
                yields(|| ()).await;
                served.fetch_add(1, Ordering::Relaxed);
            });
        }
        executor.run(4);
        let served = served.load(Ordering::Relaxed);
        assert_eq!(served, 10_000, "`run` returned before all tasks had ended");
    });
}

#[test]
fn nothing_to_do_ends_at_once() {
    exercises::ends(|| Executor::new().run(4));
}
