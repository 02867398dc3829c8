//! Runs a check in virtual time.
//!
//! The tests of several exercises include this file. It is no module of the
//! library, which the command `cargo exercise` builds without a single crate.

use std::time::Duration;

use tokio::runtime::Builder;
use tokio::time::timeout;

const A_DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// Runs `check` on a clock that stands still while anybody can work.
///
/// An attempt that waits for ever is told so, after a virtual day; one that
/// keeps the thread, after ten seconds.
pub fn run<F: Future<Output = ()>>(check: impl FnOnce() -> F + Send + 'static) {
    const NEVER: &str = "a whole day of virtual time has passed, and somebody \
        still waits for something that never comes";
    const BUSY: &str = "after ten seconds of real time the clock of the test \
        has not moved on: a loop goes round and waits for nothing, or the \
        thread is blocked";
    exercises::ends_or(BUSY, || {
        let runtime = Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime without sockets can be built");
        let in_time = runtime.block_on(async { timeout(A_DAY, check()).await });
        assert!(in_time.is_ok(), "{}", exercises::once(NEVER));
    });
}
