use std::thread;
use std::time::Duration;

use futures::channel::oneshot;
use futures::executor::block_on;
use futures::join;

async fn kettle() -> &'static str {
    println!("a kettle is on");
    let (whistle, heard) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(100));
        whistle.send("tea")
    });
    let drink = heard.await.expect("a kettle whistles before it is gone");
    println!("a kettle whistles");
    drink
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

fn main() {
    let (ann, ben) = (Waiter("Ann"), Waiter("Ben"));
    let (a, b) = block_on(async { join!(ann.greet(), ben.greet()) });
    println!("{a}\n{b}");
}
