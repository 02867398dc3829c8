//! What stands in for `std` where tasks are recorded.
//!
//! A thread that sleeps moves virtual time, as everything does in a recording
//! of tasks. A listing that is its own executor calls `poll` and `wake` itself;
//! [`RecordedPoll`] and [`RecordedWake`] are what those calls become.

use std::any::type_name;
use std::collections::BTreeMap;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll, Wake, Waker};

/// Everything that is not replaced is the standard library's own.
pub use ::std::*;

use crate::event::Kind;
use crate::log::{self, Main};
use crate::traced::future_name;

/// `std::time` with the clock of the runtime.
pub mod time {
    pub use ::std::time::*;
    pub use tokio::time::Instant;
}

/// `std::thread`, with threads that run when the recorded one waits for them.
pub mod thread {
    pub use ::std::thread::*;

    use std::cell::RefCell;
    use std::future::Future;
    use std::pin::pin;
    use std::task::{Context, Waker};
    use std::time::Duration;

    use crate::log;

    thread_local! {
        static SPAWNED: RefCell<Vec<Box<dyn FnOnce() + Send>>> =
            RefCell::default();
    }

    /// Moves virtual time on, and lets nothing else run meanwhile.
    ///
    /// # Panics
    ///
    /// Outside a runtime, whose clock it moves.
    pub fn sleep(duration: Duration) {
        // The first poll moves the clock; what would follow lets others run.
        let advance = pin!(tokio::time::advance(duration));
        let _ = advance.poll(&mut Context::from_waker(Waker::noop()));
    }

    /// Keeps `body` until the recorded thread parks: two threads that run at
    /// once would not do the same twice. The order is one that may happen.
    pub fn spawn<F: FnOnce() + Send + 'static>(body: F) {
        SPAWNED.with_borrow_mut(|spawned| spawned.push(Box::new(body)));
    }

    /// Lets the spawned threads run, one after the other, and returns.
    ///
    /// # Panics
    ///
    /// When no thread is there that could unpark this one.
    pub fn park() {
        let spawned = SPAWNED.take();
        assert!(!spawned.is_empty(), "nobody will unpark this thread");
        for body in spawned {
            let thread = ::std::thread::spawn(|| {
                log::outside();
                body();
            });
            thread
                .join()
                .expect("no thread of a recorded listing panics");
        }
    }
}

/// Starts the recording of a listing that is its own executor.
pub fn main() -> Main {
    log::start_without_runtime();
    Main(())
}

/// Where a future is, and its type.
type Place = (usize, &'static str);

/// The lanes of the futures that the listing polls itself.
struct Lanes {
    /// By what the waker points to: the lane, and the future once it is polled.
    tasks: BTreeMap<usize, (usize, Option<Place>)>,
    /// Futures that are polled within the poll of another one.
    inner: BTreeMap<Place, usize>,
}

static LANES: Mutex<Lanes> = Mutex::new(Lanes {
    tasks: BTreeMap::new(),
    inner: BTreeMap::new(),
});

fn lanes() -> MutexGuard<'static, Lanes> {
    LANES.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Lanes {
    /// The lane of the task that a waker wakes, if it has one.
    fn of_waker(&self, waker: *const ()) -> Option<usize> {
        self.tasks.get(&waker.addr()).map(|(lane, _)| *lane)
    }

    /// A lane for a task that was woken before its first poll.
    fn of_woken(&mut self, waker: *const ()) -> usize {
        self.of_waker(waker).unwrap_or_else(|| {
            let name = format!("task {}", self.tasks.len() + 1);
            let lane = log::open(name, None);
            self.tasks.insert(waker.addr(), (lane, None));
            lane
        })
    }

    /// The lane of a future that is polled. Another future at the same address,
    /// or with a waker at the same address, is another lane.
    fn of_polled(&mut self, place: Place, waker: &Waker, line: u32) -> usize {
        let open = || log::open(future_name(place.1, line), Some(line));
        if log::current().is_some() || waker.data().is_null() {
            return *self.inner.entry(place).or_insert_with(open);
        }
        let key = waker.data().addr();
        let lane = match self.tasks.get(&key) {
            Some((lane, polled)) if polled.is_none_or(|p| p == place) => *lane,
            _ => open(),
        };
        self.tasks.insert(key, (lane, Some(place)));
        lane
    }
}

/// What `future.poll(context)` becomes in a listing that is its own executor.
pub trait RecordedPoll {
    /// As the future's.
    type Output;

    /// Polls, and notes how that went.
    fn recorded_poll(
        self,
        line: u32,
        context: &mut Context<'_>,
    ) -> Poll<Self::Output>;
}

impl<F: Future + ?Sized> RecordedPoll for Pin<&mut F> {
    type Output = F::Output;

    fn recorded_poll(
        self,
        line: u32,
        context: &mut Context<'_>,
    ) -> Poll<F::Output> {
        let place = ((&raw const *self).addr(), type_name::<F>());
        let lane = lanes().of_polled(place, context.waker(), line);
        let outcome = log::polled(lane, Some(line), || self.poll(context));
        if outcome.is_ready() {
            lanes().inner.remove(&place);
        }
        outcome
    }
}

/// What `waker.wake()` becomes in a listing that is its own executor.
pub trait RecordedWake {
    /// Wakes, and notes who did it.
    fn recorded_wake(self, line: u32);
}

impl RecordedWake for Waker {
    fn recorded_wake(self, line: u32) {
        let lane = lanes().of_waker(self.data());
        log::note(lane, Some(line), Kind::Woken { by: log::cause() });
        self.wake();
    }
}

impl<W: Wake> RecordedWake for Arc<W> {
    fn recorded_wake(self, line: u32) {
        let lane = lanes().of_woken(Arc::as_ptr(&self).cast());
        log::note(Some(lane), Some(line), Kind::Woken { by: log::cause() });
        self.wake();
    }
}
