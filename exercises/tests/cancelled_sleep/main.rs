//! A sleep that is dropped leaves nothing behind.

#[cfg(feature = "mine")]
#[path = "../../mine/cancelled_sleep.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::task::{Context, Wake, Waker};

use attempt::Timers;

/// Counts how often it is woken.
#[derive(Default)]
struct Count(AtomicUsize);

impl Wake for Count {
    fn wake(self: Arc<Self>) {
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_thousand_dropped_sleeps_leave_no_entry() {
    let timers = Timers::default();
    let mut cx = Context::from_waker(Waker::noop());
    for ms in 1..=1_000 {
        let mut sleep = pin!(timers.sleep(ms));
        assert!(sleep.as_mut().poll(&mut cx).is_pending());
    }
    assert_eq!(
        timers.entries(),
        0,
        "1,000 sleeps were dropped, and as many ends (left) stay with the \
         timers until they are due. A heap gives back its top and nothing \
         else; which collection finds an end and is sorted by it?"
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
         woken after 10, 20 and 30 ms: left as it is, right as it should be"
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

/// A waker that uses the timers, as that of a task whose last handle it is: the
/// task goes with the waker, and its sleeps with the task.
struct Uses(Arc<Timers>);

impl Wake for Uses {
    fn wake(self: Arc<Self>) {
        self.0.entries();
    }
}

impl Drop for Uses {
    fn drop(&mut self) {
        self.0.entries();
    }
}

#[test]
fn a_waker_may_use_the_timers_when_it_is_woken() {
    exercises::ends(|| {
        let timers = Arc::new(Timers::default());
        let waker = Waker::from(Arc::new(Uses(Arc::clone(&timers))));
        let mut sleep = pin!(timers.sleep(10));
        let mut cx = Context::from_waker(&waker);
        assert!(sleep.as_mut().poll(&mut cx).is_pending());
        timers.advance(10);
    });
}

#[test]
fn a_waker_may_use_the_timers_when_it_is_dropped() {
    exercises::ends(|| {
        let timers = Arc::new(Timers::default());
        let mut sleep = Box::pin(timers.sleep(10));
        for _ in 0..2 {
            // The second one replaces the first, and nobody else holds either.
            let waker = Waker::from(Arc::new(Uses(Arc::clone(&timers))));
            let mut cx = Context::from_waker(&waker);
            assert!(sleep.as_mut().poll(&mut cx).is_pending());
        }
        drop(sleep);
    });
}
