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
        let time = self.time;
        thread::spawn(move || {
            thread::sleep(time);
            cx.waker().wake_by_ref();
        });
        Poll::Pending
    }
}

async fn serve(mut soup: Soup, limit: Duration) {
    let soup = match timeout(limit, soup.cook()).await {
        Ok(soup) => soup,
        Err(_) => "the guest has left".to_owned(),
    };
    println!("{soup}");
}

fn main() {}
