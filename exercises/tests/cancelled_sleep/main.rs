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
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Poll, Wake, Waker};

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

/// Polls a sleep that is not over.
fn waits(sleep: Pin<&mut attempt::Sleep<'_>>, cx: &mut Context<'_>) {
    exercises::same!(
        sleep.poll(cx),
        Poll::Pending,
        "{}",
        exercises::once(
            "the clock has not reached the end of a sleep, and a poll of it \
             does not say so. When does it end, counted from its creation?"
        )
    );
}

/// Polls `count` sleeps once and drops them, the last to end first.
fn start_and_drop(timers: &Timers, count: u64) {
    let mut cx = Context::from_waker(Waker::noop());
    for ms in (2..2 + count).rev() {
        waits(pin!(timers.sleep(ms)), &mut cx);
    }
}

const LOCKED: &str = "one thread uses the timers, nobody else does, and it is \
    still waiting after ten seconds. Does a function that holds the lock call \
    another that takes it?";

#[test]
fn a_thousand_dropped_sleeps_leave_no_entry() {
    exercises::ends_or(LOCKED, || {
        let timers = Timers::default();
        start_and_drop(&timers, 1_000);
        exercises::same!(
            timers.entries(),
            0,
            "1,000 sleeps were dropped, and the timers keep so many ends until \
             they are due. A heap finds nothing but its top without looking at \
             all; which collection finds an end and is sorted by it?"
        );
    });
}

#[test]
fn dropped_sleeps_leave_nothing_behind_one_that_stays() {
    exercises::ends_or(LOCKED, || {
        let timers = Timers::default();
        let mut cx = Context::from_waker(Waker::noop());
        let mut first = pin!(timers.sleep(1));
        waits(first.as_mut(), &mut cx);
        start_and_drop(&timers, 1_000);
        exercises::same!(
            timers.entries(),
            1,
            "one sleep ends first and stays, 1,000 that end later were \
             dropped, and the timers keep so many ends. An end behind others \
             must go, too, and one that is still awaited must stay"
        );
        let before = HEAP.get();
        start_and_drop(&timers, 10_000);
        let more = HEAP.get() - before;
        assert!(
            more < 10_000,
            "10,000 sleeps were dropped, and the timers hold {more} bytes more \
             than before. What do they keep that `entries` does not count?"
        );
    });
}

#[test]
fn the_sleeps_that_stay_are_woken_when_they_are_due() {
    exercises::ends_or(LOCKED, || {
        let timers = Timers::default();
        let counts: [Arc<Count>; 3] = Default::default();
        let wakers = counts.clone().map(Waker::from);
        let mut soup = pin!(timers.sleep(30));
        let mut eggs = Box::pin(timers.sleep(20));
        let mut toast = pin!(timers.sleep(20));
        let sleeps = [soup.as_mut(), eggs.as_mut(), toast.as_mut()];
        for (sleep, waker) in sleeps.into_iter().zip(&wakers) {
            waits(sleep, &mut Context::from_waker(waker));
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
        exercises::same!(
            rung,
            [[0, 0, 0], [0, 0, 1], [1, 0, 1]],
            "how often soup (30 ms), dropped eggs (20 ms) and toast (20 ms) \
             were woken after 10, 20 and 30 ms. Two sleeps may have one end"
        );
        let mut cx = Context::from_waker(Waker::noop());
        let over = [soup.as_mut(), toast.as_mut()]
            .map(|sleep| sleep.poll(&mut cx).is_ready());
        exercises::same!(
            over,
            [true, true],
            "30 ms have passed, and so these polls of the sleeps of 30 and \
             20 ms are ready"
        );
        exercises::same!(
            timers.entries(),
            0,
            "all sleeps are over, and the timers still keep so many ends. Who \
             takes out an end that has come?"
        );
    });
}

#[test]
fn the_latest_waker_is_woken() {
    exercises::ends_or(LOCKED, || {
        let timers = Timers::default();
        let (before, now) = <(Arc<Count>, Arc<Count>)>::default();
        let mut sleep = pin!(timers.sleep(10));
        for count in [&before, &now] {
            let waker = Waker::from(Arc::clone(count));
            waits(sleep.as_mut(), &mut Context::from_waker(&waker));
        }
        exercises::same!(
            timers.entries(),
            1,
            "one sleep was polled twice, and the timers keep so many ends for \
             it. By what does the second poll find the entry of the first?"
        );
        timers.advance(10);
        exercises::same!(
            now.0.load(Ordering::Relaxed),
            1,
            "a sleep has moved to another task, its end has come, and so often \
             was the new task woken. Is the waker of the latest poll kept?"
        );
    });
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

const FOREIGN: &str = "when the waker of a sleep is woken, cloned or dropped, \
    it asks for the timers' `entries`, and that has not ended after ten \
    seconds. A waker runs code that is not yours: let go of the lock first";

#[test]
fn a_waker_may_use_the_timers_when_it_is_woken() {
    exercises::ends_or(FOREIGN, || {
        let timers = Arc::new(Timers::default());
        let waker = waker_that_uses(&timers, Event::Woken);
        let mut sleep = pin!(timers.sleep(10));
        waits(sleep.as_mut(), &mut Context::from_waker(&waker));
        timers.advance(10);
    });
}

#[test]
fn a_waker_may_use_the_timers_when_it_is_cloned() {
    exercises::ends_or(FOREIGN, || {
        let timers = Arc::new(Timers::default());
        let waker = waker_that_uses(&timers, Event::Cloned);
        let mut sleep = pin!(timers.sleep(10));
        waits(sleep.as_mut(), &mut Context::from_waker(&waker));
    });
}

#[test]
fn a_waker_may_use_the_timers_when_it_is_dropped() {
    exercises::ends_or(FOREIGN, || {
        let timers = Arc::new(Timers::default());
        let mut sleep = Box::pin(timers.sleep(10));
        for _ in 0..2 {
            // The second one replaces the first, and nobody else holds either.
            let waker = waker_that_uses(&timers, Event::Dropped);
            waits(sleep.as_mut(), &mut Context::from_waker(&waker));
        }
        drop(sleep);
    });
}
