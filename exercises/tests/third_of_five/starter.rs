//! Run all jobs as tasks, and let the first failure end the others.

use futures::future::try_join_all;

#[derive(Debug, PartialEq)]
pub enum Failure {
    /// The job with this number returned an error.
    Job(usize, String),
    /// The job with this number panicked.
    Panicked(usize),
}

/// The results in the order of the jobs, or the first failure as soon as it
/// happens. Then no job is left.
///
/// An answer as assistants give it: `try_join_all` fails fast.
pub async fn all_or_first<F>(jobs: Vec<F>) -> Result<Vec<u32>, Failure>
where
    F: Future<Output = Result<u32, String>> + Send + 'static,
{
    let handles = jobs.into_iter().map(tokio::spawn);
    let ended = try_join_all(handles)
        .await
        .map_err(|_| Failure::Panicked(0))?;
    ended
        .into_iter()
        .enumerate()
        .map(|(number, job)| job.map_err(|e| Failure::Job(number, e)))
        .collect()
}
