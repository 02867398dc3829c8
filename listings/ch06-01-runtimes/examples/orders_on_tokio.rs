use std::time::Duration;

use tokio::time::{sleep, timeout};
use tokio::{join, select};

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

fn after(ms: u64) -> impl Future {
    sleep(Duration::from_millis(ms))
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("three orders at once");
    join!(
        biased; // Polled in this order, even if all of them are ready.
        cook("toast", after(100)),
        cook("eggs", after(200)),
        cook("roast", after(300)),
    );

    println!("guests who wait 100 ms");
    let patience = Duration::from_millis(100);
    let served = timeout(patience, cook("stew", after(4000))).await;
    println!("  served: {}", served.is_ok());

    println!("whatever is ready first");
    let first = select! {
        dish = cook("soup", after(4000)) => dish,
        dish = cook("salad", after(100)) => dish,
    };
    println!("  served: {first}");
}
