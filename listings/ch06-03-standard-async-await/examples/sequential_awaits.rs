use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

async fn join<A: Future, B: Future>(a: A, b: B) -> (A::Output, B::Output) {
    let (mut a, mut b) = (pin!(a), pin!(b));
    let (mut from_a, mut from_b) = (None, None);
    poll_fn(|cx| {
        // A future that has returned Ready must not be polled again.
        if from_a.is_none()
            && let Poll::Ready(output) = a.as_mut().poll(cx)
        {
            from_a = Some(output);
        }
        if from_b.is_none()
            && let Poll::Ready(output) = b.as_mut().poll(cx)
        {
            from_b = Some(output);
        }
        if from_a.is_none() || from_b.is_none() {
            return Poll::Pending;
        }
        Poll::Ready(from_a.take().zip(from_b.take()).expect("both are here"))
    })
    .await
}

async fn cook(clock: &Clock, dish: &str, units: u32) {
    clock.wait(units).await;
    println!("  at {}: {dish}", clock.now.get());
}

fn main() {
    println!("two awaits");
    let clock = Clock::default();
    clock.run(async {
        let toast = cook(&clock, "toast", 2);
        let eggs = cook(&clock, "eggs", 1);
        toast.await;
        eggs.await;
    });

    println!("join");
    let clock = Clock::default();
    clock.run(async {
        let toast = cook(&clock, "toast", 2);
        let eggs = cook(&clock, "eggs", 1);
        join(toast, eggs).await;
    });
}

#[derive(Default)]
struct Clock {
    now: Cell<u32>,
    alarms: RefCell<BTreeSet<u32>>,
}

impl Clock {
    async fn wait(&self, units: u32) {
        let end = self.now.get() + units;
        poll_fn(|_| {
            if self.now.get() >= end {
                return Poll::Ready(());
            }
            self.alarms.borrow_mut().insert(end);
            Poll::Pending
        })
        .await
    }

    /// Runs `job`. When it waits, the time jumps to the next alarm.
    fn run<F: Future>(&self, job: F) -> F::Output {
        // The only thing that can wake the job is an alarm, and after an
        // alarm it is polled anyway.
        let mut cx = Context::from_waker(Waker::noop());
        let mut job = pin!(job);
        loop {
            if let Poll::Ready(output) = job.as_mut().poll(&mut cx) {
                return output;
            }
            let next = self.alarms.borrow_mut().pop_first();
            self.now
                .set(next.expect("a job that waits has set an alarm"));
        }
    }
}
