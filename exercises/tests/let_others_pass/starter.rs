//! Add up a long bill, and let others have their turn.

use std::future;

/// Adds up the prices.
///
/// At least after each thousand of them, others have a turn. It stays on
/// its thread: the prices cannot go to another one.
pub async fn total(prices: impl Iterator<Item = u64>) -> u64 {
    let mut sum = 0;
    for (number, price) in prices.enumerate() {
        if number % 1000 == 0 {
            future::ready(()).await;
        }
        sum += price;
    }
    sum
}
