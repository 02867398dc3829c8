use std::time::Duration;
use tokio::time::{Instant, sleep};

const MENU: [(&str, u64); 7] = [
    ("egg", 10),
    ("pizza", 15),
    ("stew", 3_600_000),
    ("cake", 20),
    ("toast", 20),
    ("tea", 3),
    ("roast", 90),
];

/// A kitchen at the other end of a network, with all that implies.
async fn cook(dish: &str, ms: u64) -> Result<u32, String> {
    sleep(Duration::from_millis(ms)).await;
    match dish {
        "pizza" => Err("pizza: sold out".to_owned()),
        "cake" => panic!("cake: the oven is on fire"),
        _ => Ok(4),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let mut orders = Vec::new();
    for (dish, ms) in MENU {
        orders.push(tokio::spawn(cook(dish, ms)));
    }
    let mut bill = 0;
    for order in orders {
        if let Ok(Ok(price)) = order.await {
            bill += price;
        }
    }
    println!("all served after {:?}: {bill} euros", start.elapsed());
}
