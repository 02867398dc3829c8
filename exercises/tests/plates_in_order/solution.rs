use futures::stream::{self, StreamExt};

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
    // A plate takes its number along, so it may be ready at any time.
    let numbered = orders.into_iter().enumerate();
    let mut cooking = stream::iter(numbered)
        .map(|(place, order)| async move { (place, order.await) })
        .buffer_unordered(at_once);
    let mut plates = Vec::new();
    while let Some((place, plate)) = cooking.next().await {
        plates.push((place, plate?));
    }
    plates.sort_unstable_by_key(|&(place, _)| place);
    Ok(plates.into_iter().map(|(_, plate)| plate).collect())
}
