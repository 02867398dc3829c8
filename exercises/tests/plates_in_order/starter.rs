//! Keep `at_once` cooks busy, and stop at the first error.

use futures::future::join_all;

/// Cooks all orders, never more than `at_once` of them at the same time.
///
/// The plates stand in the order of the orders. The first error is returned
/// at once, and the orders that are not done are dropped.
pub async fn cook_all<T, E, F>(
    orders: Vec<F>,
    at_once: usize,
) -> Result<Vec<T>, E>
where
    T: Send + 'static,
    E: Send + 'static,
    F: Future<Output = Result<T, E>> + Send + 'static,
{
    let mut orders = orders.into_iter();
    let mut plates = Vec::new();
    loop {
        let batch = join_all(orders.by_ref().take(at_once)).await;
        if batch.is_empty() {
            return Ok(plates);
        }
        for plate in batch {
            plates.push(plate?);
        }
    }
}
