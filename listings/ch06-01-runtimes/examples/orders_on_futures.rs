// ANCHOR: shown
use std::thread;
use std::time::Duration;

use futures::channel::oneshot;
use futures::executor::block_on;
use futures::{FutureExt, join, select};

// ANCHOR_END: shown

/// Tells when it is dropped unfinished.
struct Dish(Option<&'static str>);

impl Drop for Dish {
    fn drop(&mut self) {
        if let Some(name) = self.0 {
            println!("  {name} is thrown away");
        }
    }
}

async fn cook(name: &'static str, wait: impl Future) -> &'static str {
    let mut dish = Dish(Some(name));
    wait.await;
    println!("  {name} is ready");
    dish.0 = None;
    name
}

// ANCHOR: shown
fn after(ms: u64) -> impl Future {
    let (rung, bell) = oneshot::channel();
    thread::spawn(move || {
        thread::sleep(Duration::from_millis(ms));
        // Whoever waited may be gone by now.
        let _ = rung.send(());
    });
    bell
}

async fn orders() {
    println!("three orders at once");
    join!(
        cook("toast", after(100)),
        cook("eggs", after(200)),
        cook("roast", after(300)),
    );

    println!("guests who wait 100 ms");
    let served = select! {
        _ = cook("stew", after(4000)).fuse() => true,
        _ = after(100).fuse() => false,
    };
    println!("  served: {served}");

    println!("whatever is ready first");
    let first = select! {
        dish = cook("soup", after(4000)).fuse() => dish,
        dish = cook("salad", after(100)).fuse() => dish,
    };
    println!("  served: {first}");
}

fn main() {
    block_on(orders());
}
// ANCHOR_END: shown
