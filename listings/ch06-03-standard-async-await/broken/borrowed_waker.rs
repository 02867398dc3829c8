use std::task::{Context, Poll};
use std::thread;

fn poll_toast(cx: &mut Context<'_>) -> Poll<()> {
    let waker = cx.waker();
    thread::spawn(move || waker.wake_by_ref());
    Poll::Pending
}

fn main() {}
