use std::pin::pin;
use std::time::Duration;

use tokio::time::timeout;

const SECOND: Duration = Duration::from_secs(1);

/// Orders one dish, by one call of `cook`, and waits for it for at most
/// `seconds`. After each full second without a dish, also after the last,
/// `say` is told how many have passed.
///
/// When time is up it returns `None`, and what was cooking is dropped.
pub async fn order<T, F: Future<Output = T>>(
    cook: impl Fn() -> F,
    seconds: u64,
    mut say: impl FnMut(u64),
) -> Option<T> {
    let mut dish = pin!(cook());
    for passed in 1..=seconds {
        // The timeout drops the reference, and the dish stays.
        if let Ok(dish) = timeout(SECOND, &mut dish).await {
            return Some(dish);
        }
        say(passed);
    }
    None
}
