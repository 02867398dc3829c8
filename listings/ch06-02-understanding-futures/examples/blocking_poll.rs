use std::cell::Cell;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use std::thread;
use std::time::{Duration, Instant};

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
async fn main() -> Result<(), String> {
    let mut context = Context::from_waker(Waker::noop());
    let answer = pin!(Toast).poll(&mut context);
    println!("first poll: {answer:?}");

    let start = Instant::now();
    let both = tokio::join!(Toast, Toast);
    let waits = start.elapsed().as_secs_f64() / WAIT.as_secs_f64();
    println!("{both:?} after {waits:.2} waits");

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
    println!("heartbeats during one toast: {during}");

    if waits < 2.0 || during > 0 {
        return Err("the blocking poll did not block".to_owned());
    }
    Ok(())
}
