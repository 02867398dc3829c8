//! A sleep that is dropped leaves nothing behind.

#[cfg(feature = "mine")]
#[path = "../../mine/cancelled_sleep.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Wake, Waker};

use attempt::Timers;
use exercises::Event;

/// Counts how often it is woken.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

thread_local! {
    /// What this thread has allocated and not freed.
    static HEAP: Cell<isize> = const { Cell::new(0) };
}

/// The allocator of the system, with an account for each thread.
struct Counted;

#[global_allocator]
static COUNTED: Counted = Counted;

fn book(bytes: usize, sign: isize) {
    let bytes = isize::try_from(bytes).expect("no object is so large");
    HEAP.set(HEAP.get() + sign * bytes);
}

// SAFETY: it only counts; the system's allocator does the rest.
unsafe impl GlobalAlloc for Counted {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        book(layout.size(), 1);
        // SAFETY: the caller's promise is passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        book(layout.size(), -1);
        // SAFETY: as above.
        unsafe { System.dealloc(place, layout) }
    }
}

/// Polls `count` sleeps once and drops them, the last to end first.
fn start_and_drop(timers: &Timers, count: u64) {
    let mut cx = Context::from_waker(Waker::noop());
    for ms in (2..2 + count).rev() {
        let mut sleep = pin!(timers.sleep(ms));
        assert!(sleep.as_mut().poll(&mut cx).is_pending());
    }
}

#[test]
fn a_thousand_dropped_sleeps_leave_no_entry() {
    let timers = Timers::default();
    start_and_drop(&timers, 1_000);
    assert_eq!(
        timers.entries(),
        0,
        "1,000 sleeps were dropped, and as many ends (left) stay with the \
         timers until they are due. A heap finds nothing but its top without \
         looking at all; which collection finds an end and is sorted by it?"
    );
}

#[test]
fn dropped_sleeps_leave_nothing_behind_one_that_stays() {
    let timers = Timers::default();
    let mut cx = Context::from_waker(Waker::noop());
    let mut first = pin!(timers.sleep(1));
    assert!(first.as_mut().poll(&mut cx).is_pending());
    start_and_drop(&timers, 1_000);
    assert_eq!(
        timers.entries(),
        1,
        "one sleep ends first and stays, 1,000 that end later were dropped, \
         and so many ends (left) are kept. An end behind others must go, too"
    );
    let before = HEAP.get();
    start_and_drop(&timers, 10_000);
    let more = HEAP.get() - before;
    assert!(
        more < 10_000,
        "10,000 sleeps were dropped, and the timers hold {more} bytes more \
         than before. What do they keep that `entries` does not count?"
    );
}

#[test]
fn the_sleeps_that_stay_are_woken_when_they_are_due() {
    let timers = Timers::default();
    let counts: [Arc<Count>; 3] = Default::default();
    let wakers = counts.clone().map(Waker::from);
    let mut soup = pin!(timers.sleep(30));
    let mut eggs = Box::pin(timers.sleep(20));
    let mut toast = pin!(timers.sleep(20));
    let sleeps = [soup.as_mut(), eggs.as_mut(), toast.as_mut()];
    for (sleep, waker) in sleeps.into_iter().zip(&wakers) {
        assert!(sleep.poll(&mut Context::from_waker(waker)).is_pending());
    }
    drop(eggs);
    let mut rung = Vec::new();
    for _ in 0..3 {
        timers.advance(10);
        let [soup, eggs, toast] = counts
            .each_ref()
            .map(|count| count.0.load(Ordering::Relaxed));
        rung.push([soup, eggs, toast]);
    }
    assert_eq!(
        rung,
        [[0, 0, 0], [0, 0, 1], [1, 0, 1]],
        "how often soup (30 ms), dropped eggs (20 ms) and toast (20 ms) were \
         woken after 10, 20 and 30 ms: left as it is, right as it should be. \
         Two sleeps may have one end"
    );
    let mut cx = Context::from_waker(Waker::noop());
    assert!(soup.as_mut().poll(&mut cx).is_ready(), "30 ms are over");
    assert!(toast.as_mut().poll(&mut cx).is_ready(), "20 ms are over");
    assert_eq!(timers.entries(), 0, "all sleeps are over");
}

#[test]
fn the_latest_waker_is_woken() {
    let timers = Timers::default();
    let (before, now) = <(Arc<Count>, Arc<Count>)>::default();
    let mut sleep = pin!(timers.sleep(10));
    for count in [&before, &now] {
        let waker = Waker::from(Arc::clone(count));
        let mut cx = Context::from_waker(&waker);
        assert!(sleep.as_mut().poll(&mut cx).is_pending());
    }
    assert_eq!(timers.entries(), 1, "one sleep, polled twice, is one entry");
    timers.advance(10);
    assert_eq!(
        now.0.load(Ordering::Relaxed),
        1,
        "a sleep that has moved to another task is not woken there"
    );
}

/// A waker that uses the timers at this event, as that of a task whose last
/// handle it is: the task goes with the waker, and its sleeps with the task.
fn waker_that_uses(timers: &Arc<Timers>, when: Event) -> Waker {
    let timers = Arc::clone(timers);
    exercises::waker(move |event| {
        if event == when {
            timers.entries();
        }
    })
}

#[test]
fn a_waker_may_use_the_timers_when_it_is_woken() {
    exercises::ends(|| {
        let timers = Arc::new(Timers::default());
        let waker = waker_that_uses(&timers, Event::Woken);
        let mut sleep = pin!(timers.sleep(10));
        let mut cx = Context::from_waker(&waker);
        assert!(sleep.as_mut().poll(&mut cx).is_pending());
        timers.advance(10);
    });
}

#[test]
fn a_waker_may_use_the_timers_when_it_is_cloned() {
    exercises::ends(|| {
        let timers = Arc::new(Timers::default());
        let waker = waker_that_uses(&timers, Event::Cloned);
        let mut sleep = pin!(timers.sleep(10));
        let mut cx = Context::from_waker(&waker);
        assert!(sleep.as_mut().poll(&mut cx).is_pending());
    });
}

#[test]
fn a_waker_may_use_the_timers_when_it_is_dropped() {
    exercises::ends(|| {
        let timers = Arc::new(Timers::default());
        let mut sleep = Box::pin(timers.sleep(10));
        for _ in 0..2 {
            // The second one replaces the first, and nobody else holds either.
            let waker = waker_that_uses(&timers, Event::Dropped);
            let mut cx = Context::from_waker(&waker);
            assert!(sleep.as_mut().poll(&mut cx).is_pending());
        }
        drop(sleep);
    });
}
