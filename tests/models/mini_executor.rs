use std::panic::{AssertUnwindSafe, catch_unwind};

fn ten_thousand_tasks() {
    let executor = Executor::new();
    let handles: Vec<Handle<usize>> = (0..10_000)
        .map(|number| executor.spawn(async move { number }))
        .collect();
    let sum = executor.spawn(async move {
        let mut sum = 0;
        for handle in handles {
            sum += handle.await;
        }
        sum
    });
    assert_eq!(executor.run(sum), 10_000 * 9_999 / 2);
}

/// The panic comes out of `run`; the other tasks go on in the next one.
fn a_panic_in_a_task() {
    let executor = Executor::new();
    let burnt: Handle<()> = executor.spawn(async { panic!("burnt") });
    let soup = executor.spawn(async { "soup" });
    let run = || executor.run(burnt);
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("it panics");
    assert_eq!(panic.downcast_ref(), Some(&"burnt"));
    assert_eq!(executor.run(soup), "soup");
}

/// What it held is dropped at once, and to wake it again is no fault.
fn a_panic_in_a_task_that_is_woken() {
    let executor = Executor::new();
    let pan = Arc::new(());
    let held = Arc::clone(&pan);
    let kept: Arc<Slot<Waker>> = Arc::default();
    let keep = Arc::clone(&kept);
    let burnt: Handle<()> = executor.spawn(poll_fn(move |cx| {
        let _held = &held;
        keep.put(cx.waker().clone());
        cx.waker().wake_by_ref();
        panic!("burnt")
    }));
    let run = || executor.run(burnt);
    catch_unwind(AssertUnwindSafe(run)).expect_err("it panics");
    assert_eq!(Arc::strong_count(&pan), 1, "the job is still there");
    let soup = executor.spawn(async { "soup" });
    assert_eq!(executor.run(soup), "soup");
    kept.try_take().expect("the task has left it").wake();
    let eggs = executor.spawn(async { "eggs" });
    assert_eq!(executor.run(eggs), "eggs");
}

/// Each of these would wait for ever.
fn a_handle_that_run_refuses() {
    let executor = Executor::new();
    let other = Executor::new();
    let refused = |run: &dyn Fn() -> &'static str, why: &str| {
        let panic = catch_unwind(AssertUnwindSafe(run)).expect_err(why);
        let said = panic.downcast_ref::<String>().map(String::as_str);
        let said = said.or(panic.downcast_ref::<&str>().copied());
        assert!(said.is_some_and(|said| said.contains(why)), "{said:?}");
    };
    refused(
        &|| executor.run(other.spawn(async { "soup" })),
        "wrong executor",
    );
    let elsewhere = || {
        refused(
            &|| executor.run(executor.spawn(async { "soup" })),
            "wrong thread",
        );
    };
    thread::scope(|scope| {
        scope.spawn(elsewhere).join().expect("it is refused")
    });
}

/// What tasks hold is dropped with the executor, whether they are in its queue
/// or wait for a waker that is dropped, too.
fn the_executor_goes_while_tasks_are_alive() {
    let pan = Arc::new(());
    let executor = Executor::new();
    let bell: Arc<Slot<()>> = Arc::default();
    let (waiting, pans) =
        (Arc::clone(&bell), [Arc::clone(&pan), Arc::clone(&pan)]);
    let [first, second] = pans;
    let ring = Arc::downgrade(&waiting);
    executor.spawn(async move {
        let _pan = first;
        let bell = ring.upgrade().expect("the bell is there");
        let waits = bell.take();
        waits.await;
    });
    let done = executor.spawn(async {});
    executor.run(done);
    executor.spawn(async move {
        let _pan = second;
        std::future::pending::<()>().await;
    });
    assert_eq!(Arc::strong_count(&pan), 3);
    drop(executor);
    assert_eq!(Arc::strong_count(&pan), 2, "the task in the queue is gone");
    // The other waits for a bell that can still ring.
    let waker = bell.0.lock().expect(NEVER_POISONED).1.take();
    drop(waker);
    assert_eq!(Arc::strong_count(&pan), 1, "and so is the one that waited");
}

/// A waker outlives its task and its executor; to call it is no fault.
fn a_waker_is_used_after_its_task_ended() {
    let executor = Executor::new();
    let kept: Arc<Slot<Waker>> = Arc::default();
    let keep = Arc::clone(&kept);
    let handle = executor.spawn(poll_fn(move |cx| {
        keep.put(cx.waker().clone());
        Poll::Ready("soup")
    }));
    assert_eq!(executor.run(handle), "soup");
    let waker = kept.try_take().expect("the task has left it");
    waker.wake_by_ref();
    let next = executor.spawn(async { "eggs" });
    assert_eq!(executor.run(next), "eggs");
    drop(executor);
    waker.wake();
}

fn main() {
    ten_thousand_tasks();
    a_panic_in_a_task();
    a_panic_in_a_task_that_is_woken();
    a_handle_that_run_refuses();
    the_executor_goes_while_tasks_are_alive();
    a_waker_is_used_after_its_task_ended();
}
