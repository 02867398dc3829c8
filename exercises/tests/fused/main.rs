//! `Fuse` never polls a future that has answered `Ready`.

#[cfg(feature = "mine")]
#[path = "../../mine/fused.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::cell::Cell;
use std::pin::{Pin, pin};
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::task::{Context, Poll, Waker};

use attempt::Fuse;
use exercises::Event;

/// What a dish has been through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Past {
    polls: u32,
    dropped: bool,
}

/// Pending once, then ready. Its bell wakes who has polled it last.
struct Dish(Rc<Cell<Past>>, Bell);

type Bell = Rc<Cell<Option<Waker>>>;

impl Future for Dish {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Self::Output> {
        self.1.set(Some(cx.waker().clone()));
        let mut past = self.0.get();
        past.polls += 1;
        self.0.set(past);
        match past.polls {
            1 => Poll::Pending,
            _ => Poll::Ready("toast"),
        }
    }
}

impl Drop for Dish {
    fn drop(&mut self) {
        let mut past = self.0.get();
        past.dropped = true;
        self.0.set(past);
    }
}

const PENDING_FIRST: &str = "the dish is pending at its first poll, so the \
    fuse is, too. Does one poll of the fuse poll the dish twice?";

#[test]
fn after_ready_it_is_pending_and_polls_no_more() {
    let past = Rc::new(Cell::new(Past::default()));
    let mut dish = pin!(Fuse::new(Dish(Rc::clone(&past), Bell::default())));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(dish.as_mut().poll(&mut cx).is_pending(), "{PENDING_FIRST}");
    let second = dish.as_mut().poll(&mut cx);
    assert_eq!(second, Poll::Ready("toast"), "the dish is ready");
    for number in [3, 4] {
        let answer = dish.as_mut().poll(&mut cx);
        let polls = past.get().polls;
        assert_eq!(
            polls, 2,
            "poll number {number} of the fuse polled the dish again, after it \
             was `Ready`"
        );
        assert_eq!(
            answer,
            Poll::Pending,
            "a fuse that has blown is pending for ever"
        );
    }
}

#[test]
fn the_dish_goes_as_soon_as_it_is_ready() {
    let past = Rc::new(Cell::new(Past::default()));
    let mut dish = pin!(Fuse::new(Dish(Rc::clone(&past), Bell::default())));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(dish.as_mut().poll(&mut cx).is_pending(), "{PENDING_FIRST}");
    assert!(
        !past.get().dropped,
        "the dish was dropped while it was pending"
    );
    assert!(dish.as_mut().poll(&mut cx).is_ready());
    assert!(
        past.get().dropped,
        "the dish was ready, nobody polls it again, and the fuse still keeps \
         what it holds"
    );
}

#[test]
fn only_the_dish_wakes_the_task() {
    let (past, bell) = <(Rc<Cell<Past>>, Bell)>::default();
    let mut dish = pin!(Fuse::new(Dish(past, Rc::clone(&bell))));
    let wakes = Arc::new(AtomicU32::new(0));
    let count = Arc::clone(&wakes);
    let waker = exercises::waker(move |event| {
        if event == Event::Woken {
            count.fetch_add(1, Ordering::Relaxed);
        }
    });
    let mut cx = Context::from_waker(&waker);
    assert!(dish.as_mut().poll(&mut cx).is_pending(), "{PENDING_FIRST}");
    assert_eq!(
        wakes.load(Ordering::Relaxed),
        0,
        "the dish is pending and has woken nobody; the fuse wakes the task"
    );
    bell.take().expect("the dish was polled").wake();
    assert_eq!(
        wakes.load(Ordering::Relaxed),
        1,
        "the dish called its waker, and the task was not woken. Which \
         `Context` does `poll` pass on?"
    );
    assert!(dish.as_mut().poll(&mut cx).is_ready());
    for _ in 0..2 {
        assert!(
            dish.as_mut().poll(&mut cx).is_pending(),
            "a fuse that has blown is pending for ever"
        );
    }
    assert_eq!(
        wakes.load(Ordering::Relaxed),
        1,
        "the fuse has blown, and it wakes the task to be polled again, for \
         nothing"
    );
}
