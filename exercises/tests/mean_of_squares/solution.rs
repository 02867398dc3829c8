use rayon::prelude::*;
use tokio::task::JoinSet;

/// Parts are added up in any grouping, since only their sums meet; each of them
/// is checked, and so is each sum of sums.
fn checked_sum(numbers: &[u64]) -> Option<u64> {
    numbers.iter().try_fold(0, |sum: u64, number| {
        sum.checked_add(number.checked_mul(*number)?)
    })
}

/// The mean of the squares, rounded down: `None` of no numbers, and where the
/// sum of the squares does not fit into a `u64`.
pub fn by_a_loop(numbers: &[u64]) -> Option<u64> {
    checked_sum(numbers)?.checked_div(numbers.len() as u64)
}

/// The same with Rayon.
pub fn by_rayon(numbers: &[u64]) -> Option<u64> {
    let squares = numbers.par_iter().map(|number| number.checked_mul(*number));
    let sum = squares.try_reduce(|| 0, |a, b| a.checked_add(b));
    sum?.checked_div(numbers.len() as u64)
}

/// The same with so many tasks of Tokio.
pub async fn by_tasks(numbers: Vec<u64>, tasks: usize) -> Option<u64> {
    // Rounded up, so that the last part is the short one; and never 0.
    let each = numbers.len().div_ceil(tasks.max(1)).max(1);
    let mut parts = JoinSet::new();
    for part in numbers.chunks(each) {
        let part = part.to_vec();
        parts.spawn(async move { checked_sum(&part) });
    }
    let mut sum: u64 = 0;
    for part in parts.join_all().await {
        sum = sum.checked_add(part?)?;
    }
    sum.checked_div(numbers.len() as u64)
}
