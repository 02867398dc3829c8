//! The third of five jobs fails, or panics: who hears of it, and what of the rest?

#[cfg(feature = "mine")]
#[path = "../../mine/third_of_five.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::future::pending;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use attempt::{Failure, all_or_first};
use tokio::time::{Instant, sleep};

type Job = Pin<Box<dyn Future<Output = Result<u32, String>> + Send>>;

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Ends after so many milliseconds, with its number.
fn job(number: u32, after: u64) -> Job {
    Box::pin(async move {
        sleep(ms(after)).await;
        Ok(number)
    })
}

/// Fails after so many milliseconds.
fn fails(after: u64) -> Job {
    Box::pin(async move {
        sleep(ms(after)).await;
        Err("no eggs".to_owned())
    })
}

#[test]
fn all_results_come_in_the_order_of_the_jobs() {
    virtual_time::run(|| async {
        let start = Instant::now();
        let jobs = [50, 40, 30, 20, 10].into_iter().enumerate();
        let jobs = jobs.map(|(n, after)| job(n as u32, after)).collect();
        let all = all_or_first(jobs).await;
        exercises::same!(
            (all, start.elapsed().as_millis()),
            (Ok(vec![0, 1, 2, 3, 4]), 50),
            "five jobs of 50 to 10 ms, the slow ones first: their results in \
             the order of the jobs, and the time of the longest"
        );
    });
}

#[test]
fn a_failure_is_heard_of_at_once() {
    virtual_time::run(|| async {
        let start = Instant::now();
        let jobs =
            vec![job(0, 900), job(1, 900), fails(30), job(3, 9), job(4, 900)];
        let all = all_or_first(jobs).await;
        exercises::same!(
            (all, start.elapsed().as_millis()),
            (Err(Failure::Job(2, "no eggs".to_owned())), 30),
            "the third of five jobs fails after 30 ms, the first two take 900. \
             Which job do you wait for first, and what does a handle answer \
             whose job returns an error?"
        );
    });
}

#[test]
fn what_is_not_needed_ends() {
    virtual_time::run(|| async {
        let bench = Arc::new(());
        let stays = |_| -> Job {
            let bench = Arc::clone(&bench);
            Box::pin(async move {
                let _bench = bench;
                pending().await
            })
        };
        let mut jobs: Vec<Job> = (0..4).map(stays).collect();
        jobs.insert(2, fails(30));
        let all = all_or_first(jobs).await;
        assert!(all.is_err(), "the third of five jobs fails");
        exercises::same!(
            Arc::strong_count(&bench) - 1,
            0,
            "the third of five jobs has failed and the caller has been told. \
             So many of the other four still hold a place at the bench. What \
             happens to a task whose handle is dropped, and is an abort over \
             when `abort` returns?"
        );
    });
}

#[test]
fn a_panic_is_a_failure_of_that_job() {
    virtual_time::run(|| async {
        let burns: Job = Box::pin(async {
            sleep(ms(30)).await;
            std::panic::resume_unwind(Box::new("burnt"))
        });
        let jobs = vec![job(0, 900), job(1, 9), burns, job(3, 9), job(4, 900)];
        let start = Instant::now();
        // On a task of its own, since the attempt may panic, too.
        let all = tokio::spawn(all_or_first(jobs)).await;
        let all = all.map_err(|_| "the caller panics, too");
        exercises::same!(
            (all, start.elapsed().as_millis()),
            (Ok(Err(Failure::Panicked(2))), 30),
            "the third of five jobs panics after 30 ms. What does a handle \
             answer then, and does its error say which job it was?"
        );
    });
}

#[test]
fn no_jobs_are_all_done() {
    virtual_time::run(|| async {
        exercises::same!(
            all_or_first(Vec::<Job>::new()).await,
            Ok(Vec::new()),
            "without a job, nothing can fail"
        );
    });
}
