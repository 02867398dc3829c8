//! `join_all` polls a future when that future was woken.

#[cfg(feature = "mine")]
#[path = "../../mine/join_only_the_woken.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll, Wake, Waker};

use attempt::join_all;
use exercises::Event;

/// A dish that is ready when its bell has rung.
#[derive(Clone, Default)]
struct Dish(Arc<Bell>);

#[derive(Default)]
struct Bell {
    rung: AtomicBool,
    waker: Mutex<Option<Waker>>,
    polls: AtomicUsize,
}

impl Dish {
    fn ring(&self) {
        self.0.rung.store(true, Ordering::Relaxed);
        let waker = self.0.waker.lock().expect("no poll panics").take();
        if let Some(waker) = waker {
            waker.wake();
        }
    }

    fn polls(&self) -> usize {
        self.0.polls.load(Ordering::Relaxed)
    }
}

impl Future for Dish {
    type Output = ();

    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        self.0.polls.fetch_add(1, Ordering::Relaxed);
        if self.0.rung.load(Ordering::Relaxed) {
            return Poll::Ready(());
        }
        let waker = cx.waker().clone();
        let place = &self.0.waker;
        let old = place.lock().expect("no poll panics").replace(waker);
        // To drop a waker runs its code: not under the lock.
        drop(old);
        Poll::Pending
    }
}

/// The task that awaits them all.
#[derive(Default)]
struct Task(AtomicBool);

impl Wake for Task {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Task {
    fn poll<F: Future>(
        self: &Arc<Self>,
        future: Pin<&mut F>,
    ) -> Poll<F::Output> {
        self.0.store(false, Ordering::Relaxed);
        let waker = Waker::from(Arc::clone(self));
        future.poll(&mut Context::from_waker(&waker))
    }

    fn is_woken(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// Polls `all` while something is still to come.
fn waits<F: Future>(task: &Arc<Task>, all: Pin<&mut F>) {
    assert!(task.poll(all).is_pending(), "{}", exercises::once(EARLY));
}

const EARLY: &str = "at least one dish is not ready, and `join_all` is. It is \
    ready when it has all results";

const LOOPS: &str = "one poll of `join_all`, or one call of a waker, has not \
    ended after ten seconds. Does a loop in it poll what is pending, or is \
    a lock taken twice? Who is pending calls its waker, and then the task is \
    polled again";

#[test]
fn a_hundred_dishes_need_two_polls_each() {
    exercises::ends_or(LOOPS, || {
        let dishes: Vec<Dish> = (0..100).map(|_| Dish::default()).collect();
        let mut all = pin!(join_all(dishes.clone()));
        let task = Arc::new(Task::default());
        waits(&task, all.as_mut());
        let polled = dishes.iter().filter(|dish| dish.polls() > 0).count();
        exercises::same!(
            polled,
            100,
            "`join_all` was polled once and has polled so many of the 100 \
             dishes. Who has never been polled has no waker to call"
        );
        for (number, dish) in (1..).zip(&dishes) {
            dish.ring();
            assert!(
                task.is_woken(),
                "a bell rang, and the task that awaits all dishes was not woken"
            );
            let ready = task.poll(all.as_mut()).is_ready();
            exercises::same!(
                ready,
                number == 100,
                "the bells of {number} of 100 dishes have rung, the task that \
                 awaits them was woken and has polled: is `join_all` ready?"
            );
        }
        let polls: usize = dishes.iter().map(Dish::polls).sum();
        assert!(
            polls <= 200,
            "100 dishes were polled {polls} times, and 200 are enough: once at \
             the start, once when the bell rings. Which dish did the waker \
             that was called belong to?"
        );
    });
}

#[test]
fn the_results_stand_in_the_order_of_the_futures() {
    exercises::ends_or(LOOPS, || {
        let dishes: Vec<Dish> = (0..3).map(|_| Dish::default()).collect();
        let named = dishes.iter().zip(["soup", "eggs", "toast"]);
        let futures = named.map(|(dish, name)| {
            let dish = dish.clone();
            async move {
                dish.await;
                name
            }
        });
        let mut all = pin!(join_all(futures.collect()));
        let task = Arc::new(Task::default());
        for dish in dishes.iter().rev() {
            waits(&task, all.as_mut());
            dish.ring();
        }
        exercises::same!(
            task.poll(all.as_mut()),
            Poll::Ready(vec!["soup", "eggs", "toast"]),
            "soup, eggs and toast were joined, and the bells rang for toast, \
             eggs and soup. The results stand in the order of the futures, not \
             of the bells"
        );
    });
}

#[test]
fn the_task_that_polled_last_is_woken() {
    exercises::ends_or(LOOPS, || {
        let dish = Dish::default();
        let mut all = pin!(join_all(vec![dish.clone()]));
        let (before, now) = <(Arc<Task>, Arc<Task>)>::default();
        waits(&before, all.as_mut());
        waits(&now, all.as_mut());
        dish.ring();
        assert!(
            now.is_woken(),
            "`join_all` has moved to another task and wakes the old one. Is \
             its waker stored at every poll?"
        );
    });
}

#[test]
fn a_future_that_wakes_itself_is_polled_again() {
    exercises::ends_or(LOOPS, || {
        let mut yielded = false;
        let yields = std::future::poll_fn(move |cx| {
            if yielded {
                return Poll::Ready("toast");
            }
            yielded = true;
            cx.waker().wake_by_ref();
            Poll::Pending
        });
        let mut all = pin!(join_all(vec![yields]));
        let task = Arc::new(Task::default());
        let mut served = task.poll(all.as_mut());
        if served.is_pending() {
            assert!(
                task.is_woken(),
                "a future woke itself during its poll, and nobody told the task"
            );
            served = task.poll(all.as_mut());
        }
        exercises::same!(
            served,
            Poll::Ready(vec!["toast"]),
            "a future woke itself during its poll, the task was polled again, \
             and this is the answer. Was the future polled, too? A wake-up \
             during a poll counts for the next one"
        );
    });
}

#[test]
fn a_dish_that_is_ready_is_not_polled_again() {
    exercises::ends_or(LOOPS, || {
        let (soup, eggs) = <(Dish, Dish)>::default();
        let mut all = pin!(join_all(vec![soup.clone(), eggs.clone()]));
        let task = Arc::new(Task::default());
        waits(&task, all.as_mut());
        let late = soup.0.waker.lock().expect("no poll panics").clone();
        soup.ring();
        waits(&task, all.as_mut());
        late.expect("`join_all` polls every dish once, at its first poll")
            .wake();
        waits(&task, all.as_mut());
        exercises::same!(
            soup.polls(),
            2,
            "the soup was polled at the start and when its bell rang, and was \
             ready; then its waker was called once more. It was polled so \
             often. An `async fn` panics if it is polled when it was ready: \
             `join_all` must know who is"
        );
        eggs.ring();
        exercises::same!(
            task.poll(all.as_mut()).is_ready(),
            true,
            "all bells have rung, and the task has polled: is `join_all` ready?"
        );
    });
}

#[test]
fn no_lock_is_held_when_the_task_is_woken() {
    const LOCKED: &str = "the task that awaits the dishes rings a bell when it \
        is woken, and that has not ended after ten seconds. To wake a task can \
        be to run it: is a lock held meanwhile?";
    exercises::ends_or(LOCKED, || {
        let (soup, eggs) = <(Dish, Dish)>::default();
        let mut all = pin!(join_all(vec![soup.clone(), eggs.clone()]));
        // To wake a task can be to run it, and this one rings a bell.
        let waker = exercises::waker(move |event| {
            if event == Event::Woken {
                eggs.ring();
            }
        });
        let mut cx = Context::from_waker(&waker);
        let first = all.as_mut().poll(&mut cx).is_pending();
        assert!(first, "{}", exercises::once(EARLY));
        soup.ring();
        exercises::same!(
            all.poll(&mut cx).is_ready(),
            true,
            "the soup woke the task, the task rang for the eggs, and `join_all` \
             was polled: is it ready? If not, one of the two was not heard"
        );
    });
}

#[test]
fn no_lock_is_held_when_a_waker_is_cloned_or_dropped() {
    const LOCKED: &str = "when the waker of the task is cloned or dropped, it \
        wakes one of the dishes, and that has not ended after ten seconds. A \
        waker runs code that is not yours, not only when it wakes: is a lock \
        held meanwhile?";
    exercises::ends_or(LOCKED, || {
        let soup = Dish::default();
        let mut all = pin!(join_all(vec![soup.clone()]));
        let bell = Arc::clone(&soup.0);
        let busy = AtomicBool::new(false);
        let task = exercises::waker(move |event| {
            if event == Event::Woken || busy.swap(true, Ordering::Relaxed) {
                return;
            }
            let waker = bell.waker.lock().expect("no poll panics").clone();
            if let Some(waker) = waker {
                waker.wake();
            }
            busy.store(false, Ordering::Relaxed);
        });
        for _ in 0..3 {
            let task = task.clone();
            let mut cx = Context::from_waker(&task);
            let waits = all.as_mut().poll(&mut cx).is_pending();
            assert!(waits, "{}", exercises::once(EARLY));
        }
        soup.ring();
        let mut cx = Context::from_waker(Waker::noop());
        exercises::same!(
            all.as_mut().poll(&mut cx).is_ready(),
            true,
            "the only bell has rung, and another task has polled: is \
             `join_all` ready?"
        );
    });
}

#[test]
fn nothing_to_wait_for_is_ready() {
    exercises::ends_or(LOOPS, || {
        let mut all = pin!(join_all(Vec::<Dish>::new()));
        let task = Arc::new(Task::default());
        exercises::same!(
            task.poll(all.as_mut()),
            Poll::Ready(vec![]),
            "`join_all` got no futures, and so it is ready at its first poll, \
             with no results. Who would wake its task?"
        );
    });
}
