//! What the tests of several exercises share.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::panic::{self, AssertUnwindSafe, resume_unwind};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, Once, PoisonError};
use std::task::{RawWaker, RawWakerVTable, Waker};
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
    ends_or(
        "still waiting after ten seconds. Who should have woken whom, and does \
         anybody wait while it holds a lock?",
        check,
    );
}

/// Runs `check` like [`ends`], and says `never` when it has not ended.
///
/// # Panics
///
/// When `check` panics, and when it has not ended after ten seconds.
pub fn ends_or(never: &'static str, check: impl FnOnce() + Send + 'static) {
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
        Err(RecvTimeoutError::Timeout) => panic!("{}", once(never)),
        Err(RecvTimeoutError::Disconnected) => {
            if let Err(panic) = checker.join() {
                resume_unwind(panic);
            }
        }
    }
}

/// `sentence` for the first test that needs it, and for others a reminder.
///
/// One cause can stop several tests, and a sentence helps once.
pub fn once(sentence: impl Into<String>) -> String {
    static SAID: Mutex<BTreeSet<String>> = Mutex::new(BTreeSet::new());
    let sentence = sentence.into();
    let mut said = SAID.lock().unwrap_or_else(PoisonError::into_inner);
    match said.insert(sentence.clone()) {
        true => sentence,
        false => "the same as in another test, see there".to_owned(),
    }
}

thread_local! {
    /// What panics have said on this thread, while `caught` listens.
    static SAID: RefCell<Option<Vec<String>>> = const { RefCell::new(None) };
}

/// Runs `check` and returns what its first panic said, and prints nothing.
///
/// The threads of loom and shuttle take turns on the thread that runs the
/// model, so this hears them, too.
///
/// # Errors
///
/// When `check` panics.
pub fn caught(check: impl FnOnce()) -> Result<(), String> {
    static LISTEN: Once = Once::new();
    LISTEN.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            let heard = SAID.with_borrow_mut(|said| {
                said.as_mut()
                    .map(|said| said.push(panic.to_string()))
                    .is_some()
            });
            if !heard {
                usual(panic);
            }
        }));
    });
    SAID.set(Some(Vec::new()));
    let end = panic::catch_unwind(AssertUnwindSafe(check));
    let said = SAID.take().unwrap_or_default();
    end.map_err(|_| said.into_iter().next().unwrap_or_default())
}

/// What happens to a waker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Event {
    /// It was cloned.
    Cloned,
    /// It was woken, by value or by reference.
    Woken,
    /// It was dropped, but not by waking it.
    Dropped,
}

type Hear = dyn Fn(Event) + Send + Sync;

/// A waker that calls `hear` when it is cloned, woken or dropped.
///
/// All its clones have one vtable, so `will_wake` is exact.
pub fn waker(hear: impl Fn(Event) + Send + Sync + 'static) -> Waker {
    static VTABLE: RawWakerVTable =
        RawWakerVTable::new(clone, wake, wake_by_ref, drop_waker);

    fn hear_of(data: *const (), event: Event) {
        // SAFETY: `data` comes from `Arc::into_raw`, and the caller's waker
        // still owns its share.
        unsafe { (*data.cast::<Box<Hear>>())(event) };
    }
    unsafe fn clone(data: *const ()) -> RawWaker {
        hear_of(data, Event::Cloned);
        // SAFETY: as above; the new waker gets a share of its own.
        unsafe { Arc::increment_strong_count(data.cast::<Box<Hear>>()) };
        RawWaker::new(data, &VTABLE)
    }
    unsafe fn wake(data: *const ()) {
        hear_of(data, Event::Woken);
        // SAFETY: `wake` consumes the waker, so its share ends here.
        unsafe { Arc::decrement_strong_count(data.cast::<Box<Hear>>()) };
    }
    unsafe fn wake_by_ref(data: *const ()) {
        hear_of(data, Event::Woken);
    }
    unsafe fn drop_waker(data: *const ()) {
        hear_of(data, Event::Dropped);
        // SAFETY: a waker is dropped once, and its share with it.
        unsafe { Arc::decrement_strong_count(data.cast::<Box<Hear>>()) };
    }

    let hear: Arc<Box<Hear>> = Arc::new(Box::new(hear));
    // SAFETY: the functions keep the contract of a `RawWaker`: each waker owns
    // one share of the `Arc`, and what it calls is `Send` and `Sync`.
    unsafe { Waker::new(Arc::into_raw(hear).cast(), &VTABLE) }
}

/// Demands that what came is what was expected, and else says both, below why.
///
/// Like `assert_eq`, but its words tell which is whose.
#[macro_export]
macro_rules! same {
    ($came:expr, $expected:expr, $($why:tt)+) => {
        match (&$came, &$expected) {
            (came, expected) => assert!(
                *came == *expected,
                "{}\n  expected: {expected:?}\n  came:     {came:?}",
                format_args!($($why)+),
            ),
        }
    };
}

/// `source` without its comments, for the few demands that no run can check.
pub fn code(source: &str) -> String {
    let without = |line: &str| line.split("//").next().map(str::to_owned);
    source
        .lines()
        .filter_map(without)
        .collect::<Vec<_>>()
        .join("\n")
}
