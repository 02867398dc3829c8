//! Runs a check in orders of its threads' steps that have numbers, with shuttle.
//!
//! The tests of several exercises include this file. It is no module of the
//! library, which the command `cargo exercise` builds without a single crate.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind, take_hook};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, Once, PoisonError};

use shuttle::scheduler::{Schedule, Scheduler, Task, TaskId};
use shuttle::{Config, FailurePersistence, MaxSteps, Runner, thread};

/// How one order of the steps ended.
pub enum End {
    /// The check has returned.
    Returned,
    /// All threads wait, for ever.
    AllWait,
    /// It would go on for ever.
    GoesOn,
}

/// Runs `check` in one order of its threads' steps.
///
/// # Errors
///
/// What the check said when it panicked.
pub fn in_order(
    number: u64,
    check: impl Fn() + Send + Sync + 'static,
) -> Result<End, String> {
    let guard = Arc::new(Guard::default());
    let said = Arc::new(Mutex::new(None));
    let explore = |check: Box<dyn Fn() + Send + Sync>| {
        let failed = Arc::clone(&said);
        let mut config = Config::new();
        config.failure_persistence = FailurePersistence::None;
        config.max_steps = MaxSteps::FailAfter(100_000);
        // Of memory orders weaker than SeqCst, which it does not explore.
        config.silence_warnings = true;
        let (order, guard) = (Order::new(number, &guard), Arc::clone(&guard));
        Runner::new(order, config).run(move || {
            let waits = Arc::clone(&guard);
            let watch = thread::spawn(move || {
                while !waits.may_go.load(Ordering::Relaxed) {
                    thread::yield_now();
                }
            });
            // A panic that leaves the model is explained at length.
            if let Err(panic) = catch_unwind(AssertUnwindSafe(&check)) {
                *failed.lock().unwrap_or_else(PoisonError::into_inner) =
                    Some(words(panic));
            }
            guard.may_go.store(true, Ordering::Relaxed);
            watch.join().expect("the guard does not panic");
        });
    };
    static FIRST: Once = Once::new();
    FIRST.call_once(|| {
        explore(Box::new(|| ()));
        guard.may_go.store(false, Ordering::Relaxed);
        // Shuttle's hook would explain every panic of this process.
        drop(take_hook());
    });
    let ended = exercises::caught(|| explore(Box::new(check)));
    let all_wait = guard.saw_all_wait.load(Ordering::Relaxed);
    let first = said.lock().unwrap_or_else(PoisonError::into_inner).take();
    match ended {
        // Shuttle sees it before the thread waits for itself.
        _ if first
            .as_ref()
            .is_some_and(|said| said.contains("already holds")) =>
        {
            Ok(End::AllWait)
        }
        _ if first.is_some() => Err(first.unwrap_or_default()),
        Err(said) if said.contains("max_steps") => Ok(End::GoesOn),
        // Without the place, which is in the tests.
        Err(said) => Err(said
            .split_once(":\n")
            .map_or(said.clone(), |(_, said)| said.to_owned())),
        Ok(()) if all_wait => Ok(End::AllWait),
        Ok(()) => Ok(End::Returned),
    }
}

/// Runs `check` in many orders of its threads' steps, the same each time.
///
/// # Panics
///
/// When `source` takes from std what shuttle cannot see, with `never` when all
/// threads wait for ever, with what `check` said when it panicked.
// Not every exercise that includes this file tries all orders alike.
#[allow(dead_code)]
#[track_caller]
pub fn in_many_orders(source: &str, never: &str, check: fn()) {
    if let Some(name) = of_std(&exercises::code(source)) {
        panic!(
            "{}",
            exercises::once(format!(
                "shuttle does not see `{name}` of std. Take it from `super::sync`"
            ))
        );
    }
    for number in 0..60 {
        match in_order(number, check) {
            Ok(End::Returned) => {}
            Ok(End::AllWait) => panic!("{}", exercises::once(never)),
            Ok(End::GoesOn) => panic!(
                "{}",
                exercises::once(
                    "a hundred thousand steps, and nobody is done. Does somebody \
                     try again and again, instead of waiting until it is his turn?"
                )
            ),
            Err(said) => panic!("{said}"),
        }
    }
}

/// What a panic said. What is no panic of a program goes on: shuttle ends its
/// threads so.
fn words(panic: Box<dyn Any + Send>) -> String {
    match panic.downcast::<String>() {
        Ok(said) => *said,
        Err(panic) => match panic.downcast::<&str>() {
            Ok(said) => (*said).to_owned(),
            Err(panic) => resume_unwind(panic),
        },
    }
}

/// What `code` takes from std and shuttle cannot see: it would wait for ever.
pub fn of_std(code: &str) -> Option<String> {
    if code.contains("std::thread") {
        return Some("thread".to_owned());
    }
    let paths = code.split("std::sync::").skip(1);
    let names = paths.flat_map(|path| match path.strip_prefix('{') {
        Some(list) => list.split('}').next().unwrap_or_default().split(','),
        None => path
            .split([';', '(', '<', ' ', ':'])
            .next()
            .unwrap_or_default()
            .split(','),
    });
    names
        .map(|name| name.trim().split("::").next().unwrap_or_default())
        .find(|name| !["", "Arc", "Weak", "self"].contains(name))
        .map(str::to_owned)
}

/// Lets a thread that can run take its next step, whichever it is.
///
/// One number, one order: what fails once, fails every time.
struct Order {
    number: u64,
    state: u64,
    begun: bool,
    guard: Arc<Guard>,
}

/// A thread of the model that can always run, and has its turn only when all
/// others wait. Without it, shuttle would explain each deadlock at length.
#[derive(Default)]
struct Guard {
    may_go: AtomicBool,
    saw_all_wait: AtomicBool,
}

/// The first thread that the model starts, after its own.
const GUARD: usize = 1;

impl Order {
    fn new(number: u64, guard: &Arc<Guard>) -> Order {
        Order {
            number,
            state: number,
            begun: false,
            guard: Arc::clone(guard),
        }
    }
}

impl Scheduler for Order {
    fn new_execution(&mut self) -> Option<Schedule> {
        let first = !self.begun;
        self.begun = true;
        first.then(|| Schedule::new(self.number))
    }

    fn next_task(
        &mut self,
        runnable: &[&Task],
        _: Option<TaskId>,
        _: bool,
    ) -> Option<TaskId> {
        let guard = TaskId::from(GUARD);
        let others = || {
            runnable
                .iter()
                .map(|task| task.id())
                .filter(|&id| id != guard)
        };
        let count = others().count();
        if count == 0 {
            if self.guard.may_go.load(Ordering::Relaxed) {
                return Some(guard);
            }
            // Ends this order, which would not end by itself.
            self.guard.saw_all_wait.store(true, Ordering::Relaxed);
            return None;
        }
        let count = u64::try_from(count).ok()?;
        others().nth(usize::try_from(self.next_u64() % count).ok()?)
    }

    /// SplitMix64: close numbers give orders that have nothing in common.
    fn next_u64(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        bits ^ (bits >> 31)
    }
}
