use std::future::poll_fn;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use tokio::time::sleep;

async fn simmer(seconds: u64) {
    let mut timer = pin!(sleep(Duration::from_secs(seconds)));
    let mut polls = 0;
    poll_fn(|cx| {
        polls += 1;
        timer.as_mut().poll(cx)
    })
    .await;
    println!("sleep for {seconds} s: {polls} polls");
}

async fn ring_three_times() {
    let mut polls = 0;
    poll_fn(|cx| {
        polls += 1;
        if polls > 1 {
            return Poll::Ready(());
        }
        (0..3).for_each(|_| cx.waker().wake_by_ref());
        Poll::Pending
    })
    .await;
    println!("woken 3 times at once: {polls} polls");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    tokio::join!(simmer(1), simmer(2), simmer(3));
    ring_three_times().await;
}
