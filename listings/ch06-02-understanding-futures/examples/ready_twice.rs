use std::pin::pin;
use std::task::{Context, Waker};

async fn make_toast() -> &'static str {
    "toast"
}

fn main() {
    let mut order = pin!(make_toast());
    let mut context = Context::from_waker(Waker::noop());
    println!("{:?}", order.as_mut().poll(&mut context));
    println!("{:?}", order.as_mut().poll(&mut context));
}
