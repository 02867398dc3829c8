use std::task::{Context, Poll, Waker};
use std::thread;

fn poll_toast(cx: &mut Context<'_>) -> Poll<()> {
    thread::spawn(move || cx.waker().wake_by_ref());
    Poll::Pending
}

fn main() {
    let mut cx = Context::from_waker(Waker::noop());
    println!("{:?}", poll_toast(&mut cx));
}
