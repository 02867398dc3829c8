use std::collections::HashMap;

use tokio::task::JoinSet;

#[derive(Debug, PartialEq)]
pub enum Failure {
    /// The job with this number returned an error.
    Job(usize, String),
    /// The job with this number panicked.
    Panicked(usize),
}

/// The results in the order of the jobs, or the first failure as soon as it
/// happens. Then no job is left.
pub async fn all_or_first<F>(jobs: Vec<F>) -> Result<Vec<u32>, Failure>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let mut results = vec![0; jobs.len()];
    let mut tasks = JoinSet::new();
    // An error of a task says which task it was, and nothing of its job.
    let mut numbers = HashMap::new();
    for (number, job) in jobs.into_iter().enumerate() {
        let task = tasks.spawn(async move { (number, job.await) });
        numbers.insert(task.id(), number);
    }
    // Whoever ends first is first heard of.
    while let Some(ended) = tasks.join_next().await {
        let failure = match ended {
            Ok((number, Ok(result))) => {
                results[number] = result;
                continue;
            }
            Ok((number, Err(error))) => Failure::Job(number, error),
            Err(error) => Failure::Panicked(numbers[&error.id()]),
        };
        // An abort only asks; this waits until all are gone.
        tasks.shutdown().await;
        return Err(failure);
    }
    Ok(results)
}
