//! `tokio::runtime`, with a builder whose runtimes record.

use std::future::Future;
use std::io;

pub use tokio::runtime::*;

use crate::log;
use crate::traced::Traced;

/// As `tokio::runtime::Builder`, as far as `#[tokio::main]` uses it.
pub struct Builder(tokio::runtime::Builder);

impl Builder {
    /// As the original. There is no counterpart for the multi-thread runtime:
    /// what happens there differs from run to run.
    pub fn new_current_thread() -> Builder {
        Builder(tokio::runtime::Builder::new_current_thread())
    }

    /// As the original.
    pub fn enable_all(&mut self) -> &mut Builder {
        self.0.enable_all();
        self
    }

    /// Ignored: a recording always runs with a paused clock, where even a
    /// thread that sleeps takes the same time in every run.
    pub fn start_paused(&mut self, _paused: bool) -> &mut Builder {
        self
    }

    /// As the original.
    ///
    /// # Errors
    ///
    /// As the original: when the operating system refuses.
    pub fn build(&mut self) -> io::Result<Runtime> {
        Ok(Runtime(self.0.start_paused(true).build()?))
    }
}

/// As `tokio::runtime::Runtime`, as far as `#[tokio::main]` uses it.
pub struct Runtime(tokio::runtime::Runtime);

impl Runtime {
    /// Runs `future` in the first lane, `main`, and writes the recording.
    pub fn block_on<F: Future>(self, future: F) -> F::Output {
        let output = {
            let _context = self.0.enter();
            log::start_with_runtime();
            let main = Traced::open("main".to_owned(), None, future);
            self.0.block_on(main)
        };
        // Dropping the runtime drops the tasks that are still there.
        drop(self);
        log::finish();
        output
    }
}
