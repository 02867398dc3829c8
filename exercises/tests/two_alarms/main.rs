//! A future that waits and an executor, without a crate.

#[cfg(feature = "mine")]
#[path = "../../mine/two_alarms.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::cell::{Cell, RefCell};
use std::future::poll_fn;
use std::pin::Pin;
use std::rc::Rc;
use std::sync::mpsc;
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use attempt::{Alarm, run_all};
use exercises::Event;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/two_alarms.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

const SOON: Duration = Duration::from_millis(50);

type Job = Pin<Box<dyn Future<Output = ()>>>;

#[test]
fn an_alarm_waits_as_long_as_it_says() {
    exercises::ends(|| {
        let start = Instant::now();
        run_all(vec![Box::pin(Alarm::new(SOON))]);
        assert!(
            start.elapsed() >= SOON,
            "an alarm of 50 ms has rung too early. Since when does it count?"
        );
    });
}

#[test]
fn who_is_not_woken_is_not_polled() {
    exercises::ends(|| {
        let kept: Rc<RefCell<Option<Waker>>> = Rc::default();
        let served = Rc::new(Cell::new(false));
        let (waker, ready) = (Rc::clone(&kept), Rc::clone(&served));
        let waits = poll_fn(move |cx| {
            waker.replace(Some(cx.waker().clone()));
            if ready.get() {
                Poll::Ready(())
            } else {
                Poll::Pending
            }
        });
        let mut left = 3;
        let busy = poll_fn(move |cx| {
            left -= 1;
            if left > 0 {
                cx.waker().wake_by_ref();
                return Poll::Pending;
            }
            served.set(true);
            if let Some(waker) = kept.take() {
                waker.wake();
            }
            Poll::Ready(())
        });
        let polls = run_all(vec![Box::pin(waits), Box::pin(busy)]);
        assert!(
            matches!(polls[..], [1 | 2, 3]),
            "one job waits until the other wakes it, which wakes itself twice \
             before: so the first is polled twice at most, and the second three \
             times. They were polled {polls:?} times. How does the executor know \
             who has been woken?"
        );
    });
}

#[test]
fn both_begin_before_one_ends() {
    exercises::ends(|| {
        let story = Rc::new(RefCell::new(Vec::new()));
        let job = |number: u32| -> Job {
            let story = Rc::clone(&story);
            Box::pin(async move {
                story.borrow_mut().push(format!("{number} begins"));
                Alarm::new(SOON).await;
                story.borrow_mut().push(format!("{number} ends"));
            })
        };
        let jobs = vec![job(1), job(2)];
        assert!(
            story.borrow().is_empty(),
            "a job has begun, and nobody has polled it"
        );
        run_all(jobs);
        let mut said = story.borrow().clone();
        // Which of two equal alarms rings first is up to the system.
        said[2..].sort();
        exercises::same!(
            said,
            ["1 begins", "2 begins", "1 ends", "2 ends"],
            "two jobs, each with an alarm of 50 ms. Does `poll` wait where it \
             should return `Pending`?"
        );
    });
}

#[test]
fn the_waker_of_the_latest_poll_is_woken() {
    exercises::ends(|| {
        let (ring, rung) = mpsc::channel();
        let waker = |name: &'static str| -> Waker {
            let ring = ring.clone();
            exercises::waker(move |event| {
                if event == Event::Woken {
                    // Nobody listens any more when the test is over.
                    let _ = ring.send(name);
                }
            })
        };
        let mut alarm = Box::pin(Alarm::new(SOON * 6));
        for name in ["first", "second"] {
            let waker = waker(name);
            let mut cx = Context::from_waker(&waker);
            let poll = alarm.as_mut().poll(&mut cx);
            // On a busy machine, it may have rung already: then it need not wake.
            if poll.is_ready() {
                return;
            }
        }
        exercises::same!(
            rung.recv_timeout(Duration::from_secs(8)),
            Ok("second"),
            "an alarm was polled twice, by two tasks in turn, and then woke \
             this one. Which waker does it keep?"
        );
    });
}

#[test]
fn the_standard_library_is_enough() {
    let code = exercises::code(SOURCE);
    for name in ["tokio", "futures::", "RawWaker", "unsafe", "yield_now"] {
        assert!(
            !code.contains(name),
            "the attempt has the word `{name}`. `std::task::Wake` makes a waker, \
             and `thread::park` waits"
        );
    }
}
