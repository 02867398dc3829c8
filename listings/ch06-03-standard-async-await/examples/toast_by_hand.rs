use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::Duration;

struct Toast {
    done: bool,
    threads: u32,
}

impl Future for Toast {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.done {
            return Poll::Ready(());
        }
        self.threads += 1;
        let waker = cx.waker().clone();
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(10));
            waker.wake();
        });
        Poll::Pending
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn main() {
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut cx = Context::from_waker(&waker);
    let (done, threads) = (false, 0);
    let mut toast = pin!(Toast { done, threads });
    // block_on would go round for ever; this loop gives up.
    for poll in 1..=5 {
        let answer = toast.as_mut().poll(&mut cx);
        let threads = toast.threads;
        println!("poll {poll}: {answer:?}, {threads} threads started");
        thread::park_timeout(Duration::from_secs(1));
    }
    println!("done: {}", toast.done);
}
