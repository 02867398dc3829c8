// ANCHOR: shown
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

struct Toast<'a> {
    clock: &'a Clock,
    units: u32,
    started: bool,
}

impl Future for Toast<'_> {
    type Output = u32;

    fn poll(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<u32> {
        let now = self.clock.now.get();
        if self.started {
            return Poll::Ready(now);
        }
        self.started = true;
        self.clock.alarms.borrow_mut().insert(now + self.units);
        Poll::Pending
    }
}

fn main() {
    let toast = |clock| Toast {
        clock,
        units: 2,
        started: false,
    };
    let clock = Clock::default();
    let done = clock.run(toast(&clock));
    println!("toast for 2 units, alone: done at {done}");

    let clock = Clock::default();
    let (done, ()) = clock.run(join(toast(&clock), clock.wait(1)));
    println!("beside a wait of 1 unit: done at {done}");
}
// ANCHOR_END: shown

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
