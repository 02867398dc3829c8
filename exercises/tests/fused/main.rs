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
use std::task::{Context, Poll, Waker};

use attempt::Fuse;

/// What a dish has been through.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Past {
    polls: u32,
    dropped: bool,
}

/// Pending once, then ready.
struct Dish(Rc<Cell<Past>>);

impl Future for Dish {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<&'static str> {
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

#[test]
fn after_ready_it_is_pending_and_polls_no_more() {
    let past = Rc::new(Cell::new(Past::default()));
    let mut dish = pin!(Fuse::new(Dish(Rc::clone(&past))));
    let mut cx = Context::from_waker(Waker::noop());
    assert_eq!(dish.as_mut().poll(&mut cx), Poll::Pending, "the first poll");
    let second = dish.as_mut().poll(&mut cx);
    assert_eq!(second, Poll::Ready("toast"), "the second poll");
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
    let mut dish = pin!(Fuse::new(Dish(Rc::clone(&past))));
    let mut cx = Context::from_waker(Waker::noop());
    assert!(dish.as_mut().poll(&mut cx).is_pending());
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
