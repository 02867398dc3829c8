use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

struct Toast {
    time: Duration,
    done: bool,
}

impl Toast {
    fn wait(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<()> {
        if self.done {
            return Poll::Ready(());
        }
        let time = self.time;
        thread::spawn(move || {
            thread::sleep(time);
            cx.waker().wake_by_ref();
        });
        Poll::Pending
    }
}

async fn breakfast(toast: Toast, bagel: Toast) {
    toast.wait().await;
    bagel.wait().await;
}

fn main() {
    let time = Duration::from_millis(20);
    let toast = Toast { time, done: false };
    let bagel = Toast { time, done: false };
    block_on(breakfast(toast, bagel));
}
