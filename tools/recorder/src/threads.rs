//! What stands in for `std` where threads are recorded.
//!
//! Each thread of a scope has a lane, and so has `main`; each [`sync::Mutex`]
//! notes who waits for it, holds it, and frees it. The threads run as they
//! would, so no recording is like another.

/// Everything that is not replaced is the standard library's own.
pub use ::std::*;

use crate::log::{self, Main};

/// Starts the recording, with a lane for `main`.
pub fn main() -> Main {
    log::start_threads();
    log::enter(log::open("main".to_owned(), None));
    Main(())
}

/// `std::thread`, with scoped threads that have lanes.
pub mod thread {
    pub use ::std::thread::*;

    use std::any::type_name;
    use std::panic::Location;

    use crate::event::Kind;
    use crate::log;
    use crate::traced::future_name;

    /// As `std::thread::Scope`.
    #[derive(Clone, Copy)]
    pub struct Scope<'scope, 'env: 'scope>(
        &'scope ::std::thread::Scope<'scope, 'env>,
    );

    /// As `std::thread::scope`.
    pub fn scope<'env, F, T>(body: F) -> T
    where
        F: for<'scope> FnOnce(Scope<'scope, 'env>) -> T,
    {
        ::std::thread::scope(|scope| body(Scope(scope)))
    }

    impl<'scope> Scope<'scope, '_> {
        /// As the original; the lane is called after the function, or after
        /// the line of a closure.
        #[track_caller]
        pub fn spawn<F, T>(&self, body: F) -> ScopedJoinHandle<'scope, T>
        where
            F: FnOnce() -> T + Send + 'scope,
            T: Send + 'scope,
        {
            let line = Location::caller().line();
            let name = future_name(type_name::<F>(), line);
            let name = name.replace("{{closure}}", &format!("line {line}"));
            let lane = log::open(name, Some(line));
            self.0.spawn(move || {
                log::enter(lane);
                let value = body();
                log::note(Some(lane), None, Kind::Ended);
                value
            })
        }
    }
}

/// `std::sync`, with a recorded mutex.
pub mod sync {
    pub use ::std::sync::*;

    use std::fmt::{self, Display, Formatter};
    use std::ops::{Deref, DerefMut};
    use std::panic::Location;
    use std::sync::atomic::{AtomicUsize, Ordering};

    use crate::event::Kind;
    use crate::log;

    /// As `std::sync::Mutex`.
    #[derive(Debug, Default)]
    pub struct Mutex<T> {
        number: OnceLock<usize>,
        inner: ::std::sync::Mutex<T>,
    }

    static MUTEXES: AtomicUsize = AtomicUsize::new(0);

    impl<T> Mutex<T> {
        /// As the original.
        pub const fn new(value: T) -> Mutex<T> {
            Mutex {
                number: OnceLock::new(),
                inner: ::std::sync::Mutex::new(value),
            }
        }

        /// As the original, for a lock that is never poisoned.
        ///
        /// # Errors
        ///
        /// None: a listing whose threads panic is not recorded.
        ///
        /// # Panics
        ///
        /// When a thread panicked while it held the lock.
        #[track_caller]
        pub fn lock(
            &self,
        ) -> Result<MutexGuard<'_, T>, PoisonError<MutexGuard<'_, T>>> {
            let line = Some(Location::caller().line());
            // Numbered when they are first locked: a `static` is built before
            // anything runs.
            let next = || MUTEXES.fetch_add(1, Ordering::Relaxed);
            let lock = *self.number.get_or_init(next);
            let lane = log::current();
            log::note(lane, line, Kind::Waits { lock });
            let guard = self.inner.lock().expect("no recorded thread panics");
            log::note(lane, line, Kind::Holds { lock });
            Ok(MutexGuard { lock, lane, guard })
        }
    }

    /// As `std::sync::MutexGuard`.
    #[derive(Debug)]
    pub struct MutexGuard<'a, T> {
        lock: usize,
        lane: Option<usize>,
        guard: ::std::sync::MutexGuard<'a, T>,
    }

    impl<T> Drop for MutexGuard<'_, T> {
        fn drop(&mut self) {
            // Before the guard inside lets go: afterwards, another thread could
            // have the lock and note it first.
            log::note(self.lane, None, Kind::Frees { lock: self.lock });
        }
    }

    impl<T: Display> Display for MutexGuard<'_, T> {
        fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
            self.guard.fmt(f)
        }
    }

    impl<T> Deref for MutexGuard<'_, T> {
        type Target = T;

        fn deref(&self) -> &T {
            &self.guard
        }
    }

    impl<T> DerefMut for MutexGuard<'_, T> {
        fn deref_mut(&mut self) -> &mut T {
            &mut self.guard
        }
    }
}
