// ANCHOR: shown
use std::process::exit;

use embassy_executor::Spawner;
use embassy_futures::join::join3;
use embassy_futures::select::{Either, select};
use embassy_time::{Duration, Timer, with_timeout};

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

#[embassy_executor::main]
async fn main(_spawner: Spawner) {
    println!("three orders at once");
    let toast = cook("toast", after(100));
    let eggs = cook("eggs", after(200));
    let roast = cook("roast", after(300));
    join3(toast, eggs, roast).await;

    println!("guests who wait 100 ms");
    let patience = Duration::from_millis(100);
    let stew = cook("stew", after(4000));
    let served = with_timeout(patience, stew).await;
    println!("  served: {}", served.is_ok());

    println!("whatever is ready first");
    let soup = cook("soup", after(4000));
    let salad = cook("salad", after(100));
    let (Either::First(first) | Either::Second(first)) =
        select(soup, salad).await;
    println!("  served: {first}");

    // The device runs until it is switched off, so `main` ends nothing.
    exit(0);
}
// ANCHOR_END: shown
