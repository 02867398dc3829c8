use std::thread;
use std::time::{Duration, Instant};

use futures::channel::oneshot;
use futures::executor::block_on;
use futures::join;

const WAIT: Duration = Duration::from_millis(100);

async fn kettle() -> &'static str {
    let (whistle, heard) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(WAIT);
        whistle.send("tea")
    });
    heard.await.expect("the kettle whistles before it is gone")
}

trait Greeter {
    fn greet(&self) -> impl Future<Output = String> + Send;
}

struct Waiter(&'static str);

impl Greeter for Waiter {
    async fn greet(&self) -> String {
        let drink = kettle().await;
        let thread = thread::current();
        let on = thread.name().unwrap_or("unnamed");
        format!("{} brings {drink}, on thread {on}", self.0)
    }
}

fn main() -> Result<(), &'static str> {
    let start = Instant::now();
    let (ann, ben) = (Waiter("Ann"), Waiter("Ben"));
    let (a, b) = block_on(async { join!(ann.greet(), ben.greet()) });
    println!("{a}\n{b}");
    if start.elapsed() >= 2 * WAIT {
        return Err("as long as both waits together");
    }
    println!("shorter than both waits together");
    Ok(())
}
