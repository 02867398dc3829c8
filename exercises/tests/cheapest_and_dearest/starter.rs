//! Find the cheapest and the dearest price of a long list, on all cores.

use rayon::prelude::*;

/// The cheapest and the dearest price in cents, `None` of an empty list.
pub fn cheapest_and_dearest(prices: &[i32]) -> Option<(i32, i32)> {
    let both = prices.par_iter().map(|&price| (price, price)).reduce(
        || (0, 0),
        |one, other| (one.0.min(other.0), one.1.max(other.1)),
    );
    Some(both)
}
