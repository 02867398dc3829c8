use tokio::task::yield_now;

/// Adds up the prices.
///
/// At least after each thousand of them, others have a turn. It stays on
/// its thread: the prices cannot go to another one.
pub async fn total(prices: impl Iterator<Item = u64>) -> u64 {
    let mut sum = 0;
    for (number, price) in prices.enumerate() {
        if number % 1000 == 0 {
            // The first poll of it returns `Pending`, and others are polled.
            yield_now().await;
        }
        sum += price;
    }
    sum
}
