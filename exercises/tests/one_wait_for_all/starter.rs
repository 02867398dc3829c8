//! Serve all in 800 ms: take every order before you wait for the first.

use std::time::Duration;
use tokio::time::sleep;

async fn cook(dish: &'static str, ms: u64) -> &'static str {
    sleep(Duration::from_millis(ms)).await;
    dish
}

/// Cooks all orders; returns the dishes in the order of the guests.
pub async fn serve(orders: &[(&'static str, u64)]) -> Vec<&'static str> {
    let cooking = orders
        .iter()
        .map(|&(dish, ms)| tokio::spawn(cook(dish, ms)));
    let mut served = Vec::new();
    for order in cooking {
        served.push(order.await.expect("no cook panics"));
    }
    served
}
