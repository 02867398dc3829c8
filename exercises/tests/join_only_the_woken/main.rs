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
        *self.0.waker.lock().expect("no poll panics") = Some(waker);
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

#[test]
fn a_hundred_dishes_need_two_polls_each() {
    let dishes: Vec<Dish> = (0..100).map(|_| Dish::default()).collect();
    let mut all = pin!(join_all(dishes.clone()));
    let task = Arc::new(Task::default());
    assert!(task.poll(all.as_mut()).is_pending(), "no bell has rung");
    for (number, dish) in dishes.iter().enumerate() {
        dish.ring();
        assert!(
            task.is_woken(),
            "a bell rang, and the task that awaits all dishes was not woken"
        );
        let ready = task.poll(all.as_mut()).is_ready();
        assert_eq!(ready, number == 99, "{} bells have rung", number + 1);
    }
    let polls: usize = dishes.iter().map(Dish::polls).sum();
    assert!(
        polls <= 200,
        "100 dishes were polled {polls} times, and 200 are enough: once at \
         the start, once when the bell rings. Which dish did the waker that \
         was called belong to?"
    );
}

#[test]
fn the_results_stand_in_the_order_of_the_futures() {
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
        assert!(task.poll(all.as_mut()).is_pending());
        dish.ring();
    }
    let served = task.poll(all.as_mut());
    assert_eq!(served, Poll::Ready(vec!["soup", "eggs", "toast"]));
}

#[test]
fn the_task_that_polled_last_is_woken() {
    let dish = Dish::default();
    let mut all = pin!(join_all(vec![dish.clone()]));
    let (before, now) = <(Arc<Task>, Arc<Task>)>::default();
    assert!(before.poll(all.as_mut()).is_pending());
    assert!(now.poll(all.as_mut()).is_pending());
    dish.ring();
    assert!(
        now.is_woken(),
        "`join_all` has moved to another task and wakes the old one. Is its \
         waker stored at every poll?"
    );
}

#[test]
fn a_future_that_wakes_itself_is_polled_again() {
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
    assert_eq!(
        served,
        Poll::Ready(vec!["toast"]),
        "a future woke itself during its poll, and was not polled again"
    );
}

#[test]
fn nothing_to_wait_for_is_ready() {
    let mut all = pin!(join_all(Vec::<Dish>::new()));
    let task = Arc::new(Task::default());
    assert!(
        task.poll(all.as_mut()).is_ready(),
        "there is nothing to join"
    );
}
