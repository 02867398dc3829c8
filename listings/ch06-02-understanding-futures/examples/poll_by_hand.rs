use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

fn main() {
    let mut asked = 0;
    let toast = pin!(poll_fn(|_| {
        asked += 1;
        if asked < 2 {
            Poll::Pending
        } else {
            Poll::Ready("toast")
        }
    }));
    let mut context = Context::from_waker(Waker::noop());
    let mut toast = toast;
    println!("{:?}", toast.as_mut().poll(&mut context));
    println!("{:?}", toast.as_mut().poll(&mut context));
}
