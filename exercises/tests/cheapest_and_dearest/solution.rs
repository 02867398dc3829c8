use rayon::prelude::*;

/// The cheapest and the dearest price in cents, `None` of an empty list.
pub fn cheapest_and_dearest(prices: &[i32]) -> Option<(i32, i32)> {
    prices
        .par_iter()
        .map(|&price| (price, price))
        .reduce_with(|one, other| (one.0.min(other.0), one.1.max(other.1)))
}
