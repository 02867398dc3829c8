// ANCHOR: shown
use std::cell::{Cell, RefCell};
use std::collections::BTreeSet;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

struct Soup<'a> {
    clock: &'a Clock,
    started: bool,
}

impl Future for Soup<'_> {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<&'static str> {
        let now = self.clock.now.get();
        if self.started {
            return Poll::Ready("soup");
        }
        println!("  at {now}: not started, so I start");
        self.clock.alarms.borrow_mut().insert(now + 2);
        Poll::Pending
    }
}

fn main() {
    for limit in [1, 5] {
        let clock = Clock::default();
        let started = false;
        let soup = Soup {
            clock: &clock,
            started,
        };
        let dish = clock.run(timeout(&clock, limit, soup));
        println!("limit {limit}: {dish:?}");
    }
}
// ANCHOR_END: shown

#[derive(Debug)]
struct Elapsed;

async fn timeout<F: Future>(
    clock: &Clock,
    limit: u32,
    future: F,
) -> Result<F::Output, Elapsed> {
    let in_time = async { Ok(future.await) };
    let too_late = async {
        clock.wait(limit).await;
        Err(Elapsed)
    };
    race(in_time, too_late).await
}

async fn race<T>(a: impl Future<Output = T>, b: impl Future<Output = T>) -> T {
    let (mut a, mut b) = (pin!(a), pin!(b));
    poll_fn(|cx| match a.as_mut().poll(cx) {
        Poll::Pending => b.as_mut().poll(cx),
        ready => ready,
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
