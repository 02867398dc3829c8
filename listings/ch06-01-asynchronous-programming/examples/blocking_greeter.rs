use std::pin::Pin;
use std::task::{Context, Poll};
use std::thread;
use std::time::{Duration, Instant};

use futures::executor::block_on;
use futures::join;

const WAIT: Duration = Duration::from_millis(100);

struct Kettle;

impl Future for Kettle {
    type Output = &'static str;

    fn poll(
        self: Pin<&mut Self>,
        _context: &mut Context<'_>,
    ) -> Poll<Self::Output> {
        println!("a kettle is on");
        thread::sleep(WAIT);
        println!("a kettle whistles");
        Poll::Ready("tea")
    }
}

async fn greet(name: &str) -> String {
    format!("{name} brings {}", Kettle.await)
}

fn main() -> Result<(), &'static str> {
    let start = Instant::now();
    let (a, b) = block_on(async { join!(greet("Ann"), greet("Ben")) });
    println!("{a}\n{b}");
    if start.elapsed() < 2 * WAIT {
        return Err("shorter than both waits together");
    }
    println!("as long as both waits together");
    Ok(())
}
