use std::future::poll_fn;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

async fn make_toast() -> &'static str {
    println!("  bread into the toaster");
    let mut browned = false;
    poll_fn(|_| {
        if browned {
            return Poll::Ready(());
        }
        browned = true;
        Poll::Pending
    })
    .await;
    println!("  toast onto the plate");
    "toast"
}

fn main() {
    let mut order = pin!(make_toast());
    println!("the future is made");
    let mut context = Context::from_waker(Waker::noop());
    for poll in 1..=2 {
        println!("poll {poll}");
        let answer = order.as_mut().poll(&mut context);
        println!("= {answer:?}");
    }
}
