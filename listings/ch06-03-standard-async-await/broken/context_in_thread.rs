use std::task::{Context, Poll};
use std::thread;

fn poll_toast(cx: &mut Context<'_>) -> Poll<()> {
    thread::spawn(move || cx.waker().wake_by_ref());
    Poll::Pending
}

fn main() {}
