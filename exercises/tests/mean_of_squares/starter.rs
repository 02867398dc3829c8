//! Compute one number in three ways, so that each is the judge of the others.

use rayon::prelude::*;
use tokio::task::JoinSet;

/// The mean of the squares, rounded down: `None` of no numbers, and where the
/// sum of the squares does not fit into a `u64`.
pub fn by_a_loop(numbers: &[u64]) -> Option<u64> {
    let mut sum = 0;
    for number in numbers {
        sum += number * number;
    }
    sum.checked_div(numbers.len() as u64)
}

/// The same with Rayon.
///
/// An answer as assistants give it: parts are computed in parallel, and the
/// mean of all is the mean of their means.
pub fn by_rayon(numbers: &[u64]) -> Option<u64> {
    let means: Option<Vec<u64>> =
        numbers.par_chunks(4).map(by_a_loop).collect();
    let means = means?;
    let sum: u64 = means.par_iter().sum();
    sum.checked_div(means.len() as u64)
}

/// The same with so many tasks of Tokio.
pub async fn by_tasks(numbers: Vec<u64>, tasks: usize) -> Option<u64> {
    let each = numbers.len() / tasks;
    let mut parts = JoinSet::new();
    for part in numbers.chunks(each) {
        let part = part.to_vec();
        parts.spawn(async move {
            part.iter().map(|number| number * number).sum::<u64>()
        });
    }
    let sum: u64 = parts.join_all().await.into_iter().sum();
    sum.checked_div(numbers.len() as u64)
}
