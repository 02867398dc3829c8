//! Do the executors and timers of the book hold under every kind of load?
//!
//! Each listing is tested with a harness from `tests/models`: thousands of tasks,
//! panics, wakers that come late, under shuttle hundreds of schedules, and under
//! loom every order that the memory may show. A
//! harness that could not fail would prove nothing: each is also run on a listing
//! with a fault in it, and must find it.

use anyhow::Result;
use book::model::{self, Harness, Way};
use snapbox::file;

fn model<'a>(listing: &'a str, name: &'a str) -> Harness<'a> {
    let way = Way::Model;
    Harness { listing, name, way }
}

/// The harness finds nothing, with these texts replaced.
fn holds(
    listing: &str,
    harness: &str,
    replaced: &[(&str, &str)],
) -> Result<()> {
    model::holds(model(listing, harness), replaced)
}

/// The harness ends the program with a panic that says `why`.
fn finds(
    listing: &str,
    harness: &str,
    faults: &[(&str, &str)],
    why: &str,
) -> Result<()> {
    model::finds(model(listing, harness), faults, why)
}

const SHUTTLE: &str = "mini_executor.shuttle";

#[test]
fn mini_executor() -> Result<()> {
    holds("mini_executor", "mini_executor", &[])
}

#[test]
fn mini_executor_in_many_schedules() -> Result<()> {
    holds("mini_executor", SHUTTLE, &[])
}

/// A wake-up that comes during the poll finds the flag set, and is lost.
#[test]
fn mini_executor_that_clears_the_flag_after_the_poll() -> Result<()> {
    let clear = "        self.queued.swap(false, Ordering::AcqRel);\n";
    let end = "expect(NEVER_POISONED) = Some(job);\n        }\n";
    let late = format!("{end}{clear}");
    let faults = [(clear, ""), (end, late.as_str())];
    finds("mini_executor", SHUTTLE, &faults, "deadlocked")
}

/// The executor parks, and nobody tells it that a task is ready.
#[test]
fn mini_executor_that_is_not_unparked() -> Result<()> {
    let faults = [("            executor.thread.unpark();\n", "")];
    finds("mini_executor", SHUTTLE, &faults, "deadlocked")
}

/// A task that owns its executor keeps it, and all that is in its queue.
#[test]
fn mini_executor_that_its_tasks_own() -> Result<()> {
    let faults = [
        (
            "AtomicBool,\n    executor: Weak<Executor>",
            "AtomicBool,\n    executor: Arc<Executor>",
        ),
        ("Arc::downgrade(self)", "Arc::clone(self)"),
        (
            "let Some(executor) = self.executor.upgrade()",
            "let Some(executor) = Some(Arc::clone(&self.executor))",
        ),
        (
            "{\n    output: Arc<Slot<T>>,\n    executor: Weak<Executor>",
            "{\n    output: Arc<Slot<T>>,\n    executor: Arc<Executor>",
        ),
        ("until.executor.as_ptr()", "Arc::as_ptr(&until.executor)"),
    ];
    finds("mini_executor", "mini_executor", &faults, "is gone")?;
    // The ledger shows what the harness says.
    model::run(model("mini_executor", "mini_executor"), &faults, |done| {
        // Without the name of a file that nobody has.
        let at = done.stderr.rfind("assertion").unwrap_or_default();
        let kept = file!["checkers/red/model.txt"];
        snapbox::assert_data_eq!(&done.stderr[at..], kept.raw());
        Ok(())
    })
}

/// A job that is polled under the lock leaves it poisoned when it panics.
#[test]
fn mini_executor_that_polls_under_the_lock() -> Result<()> {
    let faults = [
        (
            "let taken = self.future.lock().expect(NEVER_POISONED).take();",
            "let mut taken = self.future.lock().expect(NEVER_POISONED);",
        ),
        (
            "let Some(mut job) = taken else { return };",
            "let Some(job) = &mut *taken else { return };",
        ),
        (
            "if job.as_mut().poll(&mut cx).is_pending() {\n            \
             *self.future.lock().expect(NEVER_POISONED) = Some(job);",
            "if job.as_mut().poll(&mut cx).is_ready() {\n            \
             *taken = None;",
        ),
    ];
    finds("mini_executor", "mini_executor", &faults, "PoisonError")
}

/// What loom needs of `mini_executor`: locks that it knows.
const LOOM_LOCKS: (&str, &str) = (
    "use std::sync::{Arc, Mutex, Weak};",
    "use loom::sync::Mutex;\nuse std::sync::{Arc, Weak};",
);

#[test]
fn mini_executor_in_every_order_of_its_memory() -> Result<()> {
    holds("mini_executor", "mini_executor.loom", &[LOOM_LOCKS])
}

/// The poll need not see what a thread has written that found the task in the
/// queue already.
#[test]
fn mini_executor_that_stores_its_flag() -> Result<()> {
    let faults = [
        LOOM_LOCKS,
        (
            "self.queued.swap(false, Ordering::AcqRel);",
            "self.queued.store(false, Ordering::Release);",
        ),
    ];
    finds("mini_executor", "mini_executor.loom", &faults, "deadlock")
}

#[test]
fn block_on_in_many_schedules() -> Result<()> {
    holds("block_on_park", "block_on_park.shuttle", &[])
}

/// The waker is stored after the lock was open: the job ends in between.
#[test]
fn block_on_a_job_that_stores_its_waker_late() -> Result<()> {
    let store = "slot.waker = Some(cx.waker().clone());";
    let late = format!(
        "drop(slot); ours.lock().expect(NEVER_POISONED).waker = {}",
        "Some(cx.waker().clone());"
    );
    let faults = [(store, late.as_str())];
    finds(
        "block_on_park",
        "block_on_park.shuttle",
        &faults,
        "deadlocked",
    )
}

const LOOM: &str = "block_on_park.loom";

#[test]
fn block_on_in_every_order_of_its_memory() -> Result<()> {
    holds("block_on_park", LOOM, &[])
}

/// The second wake-up overwrites the flag of the first, and the poll need not
/// see what the first has written.
#[test]
fn block_on_a_flag_that_is_stored() -> Result<()> {
    let faults = [("self.woken.swap(true, ", "self.woken.store(true, ")];
    finds("block_on_park", LOOM, &faults, "deadlock")
}

/// Without a flag, a poll that parks for its own purposes uses up the unpark.
#[test]
fn block_on_without_a_flag() -> Result<()> {
    let wait = "        while !signal.woken.swap(false, Ordering::Acquire) {\n            \
                thread::park();\n        }\n";
    let faults = [(wait, "        thread::park();\n")];
    finds(
        "block_on_park",
        "block_on_park.shuttle",
        &faults,
        "deadlocked",
    )
}

/// What shuttle needs of `timer_heap`: statics that begin anew with each
/// schedule, a clock that the harness moves, and a thread that ends.
const VIRTUAL: [(&str, &str); 7] = [
    (
        "static TIMERS: Mutex<Timers> = Mutex::new(Timers {\n    \
         ends: BinaryHeap::new(),\n    wakers: BTreeMap::new(),\n});",
        "shuttle::lazy_static! { static ref TIMERS: Mutex<Timers> = \
         Mutex::new(Timers { ends: BinaryHeap::new(), wakers: \
         BTreeMap::new() }); }",
    ),
    (
        "static CHANGED: Condvar = Condvar::new();",
        "shuttle::lazy_static! { static ref CHANGED: Condvar = \
         Condvar::new(); }",
    ),
    (
        "static ALIVE: AtomicUsize = AtomicUsize::new(0);",
        "shuttle::lazy_static! { static ref ALIVE: AtomicUsize = \
         AtomicUsize::new(0); }",
    ),
    (
        "static NEXT: AtomicU64 = AtomicU64::new(0);",
        "shuttle::lazy_static! { static ref NEXT: AtomicU64 = \
         AtomicU64::new(0); }",
    ),
    (
        "use std::time::{Duration, Instant};",
        "use clock::Instant;\nuse std::time::Duration;",
    ),
    (
        "CHANGED.wait_timeout(timers, end - now)",
        "clock::wait(timers, end)",
    ),
    (
        "    loop {\n        let now = Instant::now();",
        "    while !clock::OVER.load(Ordering::SeqCst) {\n        \
         let now = Instant::now();",
    ),
];

#[test]
fn timer_heap_in_many_schedules() -> Result<()> {
    holds("timer_heap", "timer_heap.shuttle", &VIRTUAL)
}

/// The thread waits for a change, and a sleep comes without telling it.
#[test]
fn timer_heap_that_is_not_notified() -> Result<()> {
    let mut faults = VIRTUAL.to_vec();
    faults.push(("                CHANGED.notify_one();\n", ""));
    finds("timer_heap", "timer_heap.shuttle", &faults, "deadlocked")
}

/// The waker is stored after the end is in the heap and the lock is open.
#[test]
fn timer_heap_that_stores_the_waker_late() -> Result<()> {
    let mut faults = VIRTUAL.to_vec();
    faults.push((
        "        let older = timers.wakers.insert(sleep.0, waker);\n",
        "        let older = timers.wakers.get(&sleep.0).cloned();\n",
    ));
    faults.push((
        "        drop(timers);\n        Poll::Pending",
        "        drop(timers);\n        let mut timers = \
         TIMERS.lock().expect(NEVER_POISONED);\n        \
         timers.wakers.insert(sleep.0, waker);\n        Poll::Pending",
    ));
    finds("timer_heap", "timer_heap.shuttle", &faults, "deadlocked")
}

/// Wakers are foreign code: to run any of it under the lock may need the lock.
#[test]
fn timer_heap_that_runs_a_waker_under_its_lock() -> Result<()> {
    let lock =
        "        let mut timers = TIMERS.lock().expect(NEVER_POISONED);\n";
    let clone = "        let waker = cx.waker().clone();\n";
    let cloned = (format!("{clone}{lock}"), format!("{lock}{clone}"));
    let woken = (
        "            drop(timers);\n            waker.wake();\n".to_owned(),
        "            waker.wake();\n            drop(timers);\n".to_owned(),
    );
    let replaced = (
        "        drop(timers);\n        Poll::Pending".to_owned(),
        "        drop(older);\n        drop(timers);\n        Poll::Pending"
            .to_owned(),
    );
    let removed = (
        "        drop(timers);\n        drop(waker);\n".to_owned(),
        "        drop(waker);\n        drop(timers);\n".to_owned(),
    );
    for (from, to) in [cloned, woken, replaced, removed] {
        let mut faults = VIRTUAL.to_vec();
        faults.push((&from, &to));
        finds("timer_heap", "timer_heap.shuttle", &faults, "already holds")?;
    }
    Ok(())
}

#[test]
fn timer_heap() -> Result<()> {
    holds("timer_heap", "timer_heap", &[])
}

/// A sleep that is dropped leaves its waker behind.
#[test]
fn timer_heap_that_forgets_to_cancel() -> Result<()> {
    let remove = "let waker = timers.wakers.remove(&self.0);";
    let faults = [(remove, "let waker = timers.wakers.get(&self.0).cloned();")];
    finds("timer_heap", "timer_heap", &faults, "wakers left")
}

/// Shuttle knows no sockets: of the poller, the model keeps that it can be cut
/// short.
const WITHOUT_SOCKETS: (&str, &str) = (
    "use polling::{AsSource, Event, Events, Poller};",
    "use fake::{AsSource, Event, Events, Poller};",
);

const REACTOR: &str = "sockets_and_timers.shuttle";

#[test]
fn sockets_and_timers_in_many_schedules() -> Result<()> {
    holds("sockets_and_timers", REACTOR, &[WITHOUT_SOCKETS])
}

/// The loop waits for sockets, and nobody tells it of a task.
#[test]
fn sockets_and_timers_that_are_not_notified() -> Result<()> {
    let notify = "self.woken.poller.notify()";
    let faults = [WITHOUT_SOCKETS, (notify, "io::Result::Ok(())")];
    finds("sockets_and_timers", REACTOR, &faults, "deadlocked")
}

/// The loop may go round between the two, and then it waits.
#[test]
fn sockets_and_timers_that_are_notified_early() -> Result<()> {
    let faults = [
        WITHOUT_SOCKETS,
        (
            "        let mut tasks = self.woken.tasks.lock()",
            "        self.woken.poller.notify().expect(\"it is open\");\n        \
             let mut tasks = self.woken.tasks.lock()",
        ),
        (
            "self.woken.poller.notify().expect(\"the poller is open\");",
            "",
        ),
    ];
    finds("sockets_and_timers", REACTOR, &faults, "deadlocked")
}

/// A wake-up during a poll is cleared with the one before it.
#[test]
fn sockets_and_timers_that_clear_what_was_woken_late() -> Result<()> {
    let faults = [
        WITHOUT_SOCKETS,
        ("std::mem::take(&mut *woken)", "woken.clone()"),
        (
            "        runtime.wait(&mut events)?;",
            "        runtime.woken.tasks.lock().expect(INTACT).clear();\n        \
             runtime.wait(&mut events)?;",
        ),
    ];
    finds("sockets_and_timers", REACTOR, &faults, "deadlocked")
}
