use std::pin::pin;
use std::task::{Context, Waker};
use tokio::runtime::{Builder, Runtime};
use tokio::task::{JoinSet, yield_now};

fn runtimes() -> [(&'static str, Runtime); 2] {
    let current = Builder::new_current_thread().build();
    let multi = Builder::new_multi_thread().build();
    [("current", current), ("multi", multi)]
        .map(|(flavor, runtime)| (flavor, runtime.expect("a runtime")))
}

/// The runtime has nothing left to do; an abort or a drop may take some polls.
async fn nobody_is_left() {
    let metrics = tokio::runtime::Handle::current().metrics();
    while metrics.num_alive_tasks() > 0 {
        yield_now().await;
    }
}

/// Every portion is served once, and no order goes without an answer.
async fn a_crowd(orders: u32) {
    const GUESTS: u32 = 100;
    let (kitchen, closed) = Kitchen::open(orders / 2);
    let mut guests = JoinSet::new();
    for _ in 0..GUESTS {
        let kitchen = kitchen.clone();
        guests.spawn(async move {
            let mut served = 0;
            for _ in 0..orders / GUESTS {
                match kitchen.order(1).await {
                    Ok(_) => served += 1,
                    Err(failure) => assert_eq!(failure, Failure::NotEnough),
                }
            }
            served
        });
    }
    drop(kitchen);
    let served: u32 = guests.join_all().await.into_iter().sum();
    assert_eq!(served, orders / 2, "portions served");
    assert_eq!(closed.await.expect("no panic"), 0, "soup left");
    nobody_is_left().await;
}

/// Callers that leave at each await take no soup, and hold nobody up.
async fn guests_who_leave() {
    for polls in 0..6 {
        let (kitchen, closed) = Kitchen::open(1000);
        let mut taken = 0;
        for _ in 0..100 {
            let mut order = pin!(kitchen.order(1));
            let mut cx = Context::from_waker(Waker::noop());
            for _ in 0..polls {
                if order.as_mut().poll(&mut cx).is_ready() {
                    taken += 1;
                    break;
                }
                yield_now().await;
            }
        }
        assert!(kitchen.order(0).await.is_ok(), "the kitchen goes on");
        drop(kitchen);
        let left = closed.await.expect("no panic");
        assert!(left <= 1000 - taken, "{left} left, {taken} taken");
        if polls == 0 {
            assert_eq!(left, 1000, "nobody asked");
        }
        nobody_is_left().await;
    }
}

/// On one thread the guest has left before the kitchen answers.
async fn an_answer_for_nobody() {
    let (kitchen, closed) = Kitchen::open(10);
    {
        let mut order = pin!(kitchen.order(4));
        let mut cx = Context::from_waker(Waker::noop());
        assert!(order.as_mut().poll(&mut cx).is_pending());
    }
    drop(kitchen);
    let left = closed.await.expect("no panic");
    assert_eq!(left, 10, "soup left when the guest has gone");
}

/// What is lost: an answer that was sent, and that nobody has looked at.
async fn an_answer_that_is_not_taken() {
    let (kitchen, closed) = Kitchen::open(10);
    {
        let mut order = pin!(kitchen.order(4));
        let mut cx = Context::from_waker(Waker::noop());
        assert!(order.as_mut().poll(&mut cx).is_pending());
        // On one thread this comes after the answer, and nobody looks at it.
        assert_eq!(kitchen.order(0).await, Ok(6));
    }
    drop(kitchen);
    let left = closed.await.expect("no panic");
    assert_eq!(left, 6, "soup left when an answer was not looked at");
}

/// A kitchen that has gone is an error for each caller, not a wait.
async fn a_kitchen_that_is_gone() {
    let (kitchen, running) = Kitchen::open(10);
    let mut guests = JoinSet::new();
    for _ in 0..100 {
        let kitchen = kitchen.clone();
        guests.spawn(async move { kitchen.order(1).await });
    }
    running.abort();
    for answer in guests.join_all().await {
        let known = [Err(Failure::Closed), Err(Failure::NotEnough)];
        assert!(answer.is_ok() || known.contains(&answer), "{answer:?}");
    }
    assert!(running.await.is_err_and(|error| error.is_cancelled()));
    assert_eq!(kitchen.order(1).await, Err(Failure::Closed));
    nobody_is_left().await;
}

fn main() {
    for (flavor, runtime) in runtimes() {
        eprintln!("{flavor}");
        let debug = cfg!(debug_assertions);
        runtime.block_on(async {
            a_crowd(if debug { 100_000 } else { 1_000_000 }).await;
            guests_who_leave().await;
            a_kitchen_that_is_gone().await;
        });
        if flavor == "current" {
            runtime.block_on(an_answer_for_nobody());
            runtime.block_on(an_answer_that_is_not_taken());
        }
    }
}
