use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use futures::{Stream, StreamExt};
use tokio::time::{Instant, Sleep, sleep};

struct Oven {
    loaves: u32,
    timer: Option<Pin<Box<Sleep>>>,
}

impl Stream for Oven {
    type Item = &'static str;

    fn poll_next(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Self::Item>> {
        if self.loaves == 0 {
            return Poll::Ready(None);
        }
        let bake = || Box::pin(sleep(Duration::from_millis(100)));
        let timer = self.timer.get_or_insert_with(bake);
        ready!(timer.as_mut().poll(cx));
        self.timer = None;
        self.loaves -= 1;
        Poll::Ready(Some("a loaf"))
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let mut oven = Oven {
        loaves: 3,
        timer: None,
    };
    while let Some(loaf) = oven.next().await {
        println!("{:?}: {loaf}", start.elapsed());
        // The guest eats.
        sleep(Duration::from_millis(50)).await;
    }
    println!("{:?}: no more", start.elapsed());
}
