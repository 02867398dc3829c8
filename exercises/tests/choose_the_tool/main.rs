//! Each job gets the tool that fits it.

#[cfg(feature = "mine")]
#[path = "../../mine/choose_the_tool.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use attempt::{Job, Tool, choose};

/// The jobs, each with the tool that fits.
const JOBS: [(Job, Tool); 5] = [
    (Job::AddUpTheBill, Tool::Sequential),
    (Job::HoldTenThousandTables, Tool::Task),
    (Job::ShrinkFiveHundredPhotos, Tool::Rayon),
    (Job::WatchTheOven, Tool::Thread),
    (Job::SeasonTheSoup, Tool::Sequential),
];

/// Why `tool` does not fit `job`.
fn objection(job: Job, tool: Tool) -> &'static str {
    match (job, tool) {
        (Job::AddUpTheBill, Tool::Thread) => {
            "to start a thread costs more than to add twenty numbers"
        }
        (Job::AddUpTheBill, Tool::Task) => {
            "nothing here waits, so there is nothing to do meanwhile"
        }
        (Job::AddUpTheBill, Tool::Rayon) => {
            "to hand work to other threads costs more than twenty additions"
        }
        (Job::HoldTenThousandTables, Tool::Sequential) => {
            "the second table would wait until the first has gone home"
        }
        (Job::HoldTenThousandTables, Tool::Thread) => {
            "ten thousand threads would do nothing but wait, each with a stack"
        }
        (Job::HoldTenThousandTables, Tool::Rayon) => {
            "Rayon has a thread for each core, and a wait would block one"
        }
        (Job::ShrinkFiveHundredPhotos, Tool::Sequential) => {
            "one core would work, and the others would watch"
        }
        (Job::ShrinkFiveHundredPhotos, Tool::Thread) => {
            "five hundred threads would take turns on a few cores. Rayon cuts \
             the work into parts and has a thread for each core"
        }
        (Job::ShrinkFiveHundredPhotos, Tool::Task) => {
            "no photo has an `.await`: each would keep the executor's thread \
             from all other tasks until it is done"
        }
        (Job::WatchTheOven, Tool::Sequential) => {
            "the driver never returns, so nothing else would ever happen"
        }
        (Job::WatchTheOven, Tool::Task) => {
            "the driver blocks, and a task that blocks takes the executor's \
             thread from all others"
        }
        (Job::WatchTheOven, Tool::Rayon) => {
            "the driver would keep one of Rayon's threads for ever, asleep"
        }
        (Job::SeasonTheSoup, Tool::Thread | Tool::Rayon) => {
            "each tasting needs the result of the one before, so no two can \
             happen at once"
        }
        (Job::SeasonTheSoup, Tool::Task) => {
            "each tasting waits for the one before and for nothing else, so a \
             task adds an executor and saves no time"
        }
        (Job::AddUpTheBill | Job::SeasonTheSoup, Tool::Sequential)
        | (Job::HoldTenThousandTables, Tool::Task)
        | (Job::ShrinkFiveHundredPhotos, Tool::Rayon)
        | (Job::WatchTheOven, Tool::Thread) => "it fits",
    }
}

#[test]
fn every_job_has_the_tool_that_fits() {
    let mut objections = String::new();
    for (job, right) in JOBS {
        let chosen = choose(job);
        if chosen != right {
            let why = objection(job, chosen);
            objections.push_str(&format!("\n{job:?} by {chosen:?}: {why}."));
        }
    }
    assert!(objections.is_empty(), "not every tool fits:{objections}");
}
