
use std::panic::{AssertUnwindSafe, catch_unwind};

fn ten_thousand_tasks() {
    let executor = Executor::new();
    let handles: Vec<Arc<Slot<usize>>> = (0..10_000)
        .map(|number| executor.spawn(async move { number }))
        .collect();
    let sum = executor.spawn(async move {
        let mut sum = 0;
        for handle in handles {
            sum += handle.take().await;
        }
        sum
    });
    assert_eq!(executor.run(&sum), 10_000 * 9_999 / 2);
}

/// The panic comes out of `run`; the other tasks go on in the next one.
fn a_panic_in_a_task() {
    let executor = Executor::new();
    let burnt: Arc<Slot<()>> = executor.spawn(async { panic!("burnt") });
    let soup = executor.spawn(async { "soup" });
    let run = || executor.run(&burnt);
    let panic = catch_unwind(AssertUnwindSafe(run)).expect_err("it panics");
    assert_eq!(panic.downcast_ref(), Some(&"burnt"));
    assert_eq!(executor.run(&soup), "soup");
}

/// What tasks hold is dropped with the executor, whether they are in its queue
/// or wait for a waker that is dropped, too.
fn the_executor_goes_while_tasks_are_alive() {
    let pan = Arc::new(());
    let executor = Executor::new();
    let bell: Arc<Slot<()>> = Arc::default();
    let (waiting, pans) = (Arc::clone(&bell), [Arc::clone(&pan), Arc::clone(&pan)]);
    let [first, second] = pans;
    let ring = Arc::downgrade(&waiting);
    executor.spawn(async move {
        let _pan = first;
        let bell = ring.upgrade().expect("the bell is there");
        let waits = bell.take();
        waits.await;
    });
    let done = executor.spawn(async {});
    executor.run(&done);
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
    assert_eq!(executor.run(&handle), "soup");
    let waker = kept.try_take().expect("the task has left it");
    waker.wake_by_ref();
    let next = executor.spawn(async { "eggs" });
    assert_eq!(executor.run(&next), "eggs");
    drop(executor);
    waker.wake();
}

fn main() {
    ten_thousand_tasks();
    a_panic_in_a_task();
    the_executor_goes_while_tasks_are_alive();
    a_waker_is_used_after_its_task_ended();
}
