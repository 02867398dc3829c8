//! What the tests of several exercises share.

use std::panic::resume_unwind;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

/// Runs `check` on a thread of its own.
///
/// An attempt that waits for ever gets a message, not a silent terminal.
///
/// # Panics
///
/// When `check` panics, and when it has not ended after ten seconds.
pub fn ends(check: impl FnOnce() + Send + 'static) {
    let (done, end) = mpsc::channel();
    let name = thread::current().name().unwrap_or("check").to_owned();
    let checker = thread::Builder::new()
        .name(name)
        .spawn(move || {
            check();
            // Nobody receives it if the time was up before.
            let _ = done.send(());
        })
        .expect("the system can start a thread");
    match end.recv_timeout(Duration::from_secs(10)) {
        Ok(()) => {}
        Err(RecvTimeoutError::Timeout) => panic!(
            "still waiting after ten seconds. Who should have woken whom, and \
             does anybody wait while it holds a lock?"
        ),
        Err(RecvTimeoutError::Disconnected) => {
            if let Err(panic) = checker.join() {
                resume_unwind(panic);
            }
        }
    }
}
