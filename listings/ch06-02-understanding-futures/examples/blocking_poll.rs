use std::cell::Cell;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::Duration;

const WAIT: Duration = Duration::from_millis(100);

struct Toast;

impl Future for Toast {
    type Output = &'static str;

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Self::Output> {
        thread::sleep(WAIT);
        Poll::Ready("toast")
    }
}

async fn heartbeat(beats: &Cell<u32>) {
    loop {
        tokio::time::sleep(WAIT / 10).await;
        beats.set(beats.get() + 1);
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    let mut context = Context::from_waker(Waker::noop());
    let answer = pin!(Toast).poll(&mut context);
    println!("first poll: {answer:?}");

    let begun = Cell::new(0);
    let toast = async || {
        begun.set(begun.get() + 1);
        (Toast.await, begun.get())
    };
    let ((one, then), (other, _)) = tokio::join!(toast(), toast());
    println!("joined: {:?}", (one, other));
    println!("toasts begun when the first was done: {then}");

    let beats = Cell::new(0);
    let toast = async {
        let before = beats.get();
        Toast.await;
        beats.get() - before
    };
    let during = tokio::select! {
        biased;
        () = heartbeat(&beats) => 0,
        during = toast => during,
    };
    println!("the heart beat during one toast: {}", during > 0);
}
