use std::future::ready;
use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    loop {
        match future.as_mut().poll(&mut context) {
            Poll::Ready(output) => return output,
            Poll::Pending => thread::park(),
        }
    }
}

async fn greet(guest: &str) -> String {
    format!("Good morning, {guest}!")
}

fn main() {
    println!("{}", block_on(greet("early bird")));

    let mut context = Context::from_waker(Waker::noop());
    let first_poll = pin!(ready("toast")).poll(&mut context);
    println!("the first poll says {first_poll:?}");
}
