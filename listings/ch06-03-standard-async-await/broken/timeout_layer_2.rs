// ANCHOR: shown
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::Duration;

struct Soup {
    time: Duration,
    started: bool,
}

impl Soup {
    fn cook(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Result<String, &'static str>> {
        if self.started {
            return Poll::Ready(Ok("soup".to_owned()));
        }
        let (time, waker) = (self.time, cx.waker().clone());
        thread::spawn(move || {
            thread::sleep(time);
            waker.wake();
        });
        Poll::Pending
    }
}

async fn serve(mut soup: Soup, limit: Duration) {
    let cook = poll_fn(|cx| Pin::new(&mut soup).cook(cx));
    let soup = match timeout(limit, cook).await {
        Ok(soup) => soup,
        Err(_) => "the guest has left".to_owned(),
    };
    println!("{soup}");
}
// ANCHOR_END: shown

struct Elapsed;

async fn timeout<F: Future>(
    _limit: Duration,
    _future: F,
) -> Result<F::Output, Elapsed> {
    todo!("the type is all that matters here; see join_race_timeout")
}

fn main() {}
