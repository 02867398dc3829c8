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

/// Polls a fuse whose dish is pending at its first poll.
fn first_poll(fuse: Pin<&mut Fuse<Dish>>, cx: &mut Context<'_>) {
    let first = fuse.poll(cx);
    exercises::same!(
        first,
        Poll::Pending,
        "{}",
        exercises::once(
            "the dish is pending at its first poll, and the fuse answers \
             something else. Does one poll of the fuse poll the dish twice?"
        )
    );
}

/// Polls a fuse whose dish is ready at its second poll.
fn second_poll(fuse: Pin<&mut Fuse<Dish>>, cx: &mut Context<'_>) {
    let second = fuse.poll(cx);
    exercises::same!(
        second,
        Poll::Ready("toast"),
        "{}",
        exercises::once(
            "the dish is ready at its second poll, and the fuse answers \
             something else. Who polls the dish, and who passes its output on?"
        )
    );
}

const BLOWN: &str = "the fuse answers something else than `Pending`, although \
    it has passed its output on before. A fuse that has blown is pending for \
    ever";

const LOOPS: &str = "one poll of the fuse has not ended after ten seconds. Is \
    there a loop in it? The caller polls again, not the fuse";

#[test]
fn after_ready_it_is_pending_and_polls_no_more() {
    exercises::ends_or(LOOPS, || {
        let past = Rc::new(Cell::new(Past::default()));
        let dish = Dish(Rc::clone(&past), Bell::default());
        let mut fuse = pin!(Fuse::new(dish));
        let mut cx = Context::from_waker(Waker::noop());
        first_poll(fuse.as_mut(), &mut cx);
        second_poll(fuse.as_mut(), &mut cx);
        for number in [3, 4] {
            let answer = fuse.as_mut().poll(&mut cx);
            exercises::same!(
                past.get().polls,
                2,
                "poll number {number} of the fuse has polled the dish again, \
                 after the dish was `Ready`. This is how often it was polled"
            );
            exercises::same!(
                answer,
                Poll::Pending,
                "{}",
                exercises::once(BLOWN)
            );
        }
    });
}

#[test]
fn the_dish_goes_as_soon_as_it_is_ready() {
    exercises::ends_or(LOOPS, || {
        let past = Rc::new(Cell::new(Past::default()));
        let dish = Dish(Rc::clone(&past), Bell::default());
        let mut fuse = pin!(Fuse::new(dish));
        let mut cx = Context::from_waker(Waker::noop());
        first_poll(fuse.as_mut(), &mut cx);
        assert!(
            !past.get().dropped,
            "the fuse dropped the dish after its first poll, while the dish \
             was pending"
        );
        second_poll(fuse.as_mut(), &mut cx);
        assert!(
            past.get().dropped,
            "the dish was ready, nobody polls it again, and the fuse still \
             keeps what it holds"
        );
    });
}

#[test]
fn only_the_dish_wakes_the_task() {
    exercises::ends_or(LOOPS, || {
        let (past, bell) = <(Rc<Cell<Past>>, Bell)>::default();
        let mut fuse = pin!(Fuse::new(Dish(past, Rc::clone(&bell))));
        let wakes = Arc::new(AtomicU32::new(0));
        let count = Arc::clone(&wakes);
        let waker = exercises::waker(move |event| {
            if event == Event::Woken {
                count.fetch_add(1, Ordering::Relaxed);
            }
        });
        let mut cx = Context::from_waker(&waker);
        first_poll(fuse.as_mut(), &mut cx);
        exercises::same!(
            wakes.load(Ordering::Relaxed),
            0,
            "the dish is pending and has woken nobody, but the fuse wakes the \
             task. This is how often the task was woken"
        );
        bell.take().expect("the dish was polled").wake();
        exercises::same!(
            wakes.load(Ordering::Relaxed),
            1,
            "the dish called the waker that it got at its poll, and the task \
             was not woken by that. Which `Context` does `poll` pass on? This \
             is how often the task was woken"
        );
        second_poll(fuse.as_mut(), &mut cx);
        for _ in 0..2 {
            exercises::same!(
                fuse.as_mut().poll(&mut cx),
                Poll::Pending,
                "{}",
                exercises::once(BLOWN)
            );
        }
        exercises::same!(
            wakes.load(Ordering::Relaxed),
            1,
            "the fuse has blown, and it wakes the task to be polled again, \
             for nothing. This is how often the task was woken"
        );
    });
}
