// ANCHOR: shown
use std::time::Duration;

use smol::Timer;
use smol::future::{or, zip};

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
    Timer::after(Duration::from_millis(ms))
}

async fn orders() {
    println!("three orders at once");
    let toast = cook("toast", after(100));
    let eggs = cook("eggs", after(200));
    let roast = cook("roast", after(300));
    zip(toast, zip(eggs, roast)).await;

    println!("guests who wait 100 ms");
    let stew = async { Some(cook("stew", after(4000)).await) };
    let patience = async {
        after(100).await;
        None
    };
    let served = or(stew, patience).await;
    println!("  served: {}", served.is_some());

    println!("whatever is ready first");
    let soup = cook("soup", after(4000));
    let salad = cook("salad", after(100));
    let first = or(soup, salad).await;
    println!("  served: {first}");
}

fn main() {
    smol::block_on(orders());
}
// ANCHOR_END: shown
