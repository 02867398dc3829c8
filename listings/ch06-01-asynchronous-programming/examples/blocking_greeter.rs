use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use futures::executor::block_on;
use futures::join;

const WAIT: Duration = Duration::from_millis(100);

struct Kettle;

impl Future for Kettle {
    type Output = &'static str;

    fn poll(
        self: Pin<&mut Self>,
        _unused: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        println!("a kettle is on");
        thread::sleep(WAIT);
        println!("a kettle whistles");
        Poll::Ready("tea")
    }
}

#[async_trait]
trait Greeter {
    async fn greet(&self) -> String;
}

struct Waiter(&'static str);

#[async_trait]
impl Greeter for Waiter {
    async fn greet(&self) -> String {
        format!("{} brings {}", self.0, Kettle.await)
    }
}

fn main() -> Result<(), &'static str> {
    let start = Instant::now();
    let (ann, ben) = (Waiter("Ann"), Waiter("Ben"));
    let (a, b) = block_on(async { join!(ann.greet(), ben.greet()) });
    println!("{a}\n{b}");
    if start.elapsed() < 2 * WAIT {
        return Err("shorter than both waits together");
    }
    println!("as long as both waits together");
    Ok(())
}
