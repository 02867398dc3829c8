use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::time::Duration;
use tokio::time::{Instant, advance, sleep};

struct Watch<F> {
    work: Pin<Box<F>>,
    name: &'static str,
    polls: u32,
}

impl<F: Future> Future for Watch<F> {
    type Output = F::Output;

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context) -> Poll<F::Output> {
        self.polls += 1;
        // Tokio's clock is the real one unless a test has paused it.
        let start = Instant::now();
        let result = self.work.as_mut().poll(cx);
        let took = start.elapsed();
        if took > Duration::from_millis(10) {
            println!("{}: poll {} took {took:?}", self.name, self.polls);
        }
        result
    }
}

fn watch<F: Future>(name: &'static str, work: F) -> Watch<F> {
    let work = Box::pin(work);
    Watch {
        work,
        name,
        polls: 0,
    }
}

/// Moves the paused clock and keeps the thread, as a calculation does.
fn chop(ms: u64) {
    let busy = pin!(advance(Duration::from_millis(ms)));
    let _ = busy.poll(&mut Context::from_waker(Waker::noop()));
}

async fn soup() {
    sleep(Duration::from_secs(1)).await;
    chop(50);
    sleep(Duration::from_secs(1)).await;
}

async fn tea() {
    sleep(Duration::from_secs(2)).await;
    chop(5);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    watch("soup", soup()).await;
    watch("tea", tea()).await;
}
