//! Choose for each job the simplest tool that fits.

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tool {
    /// One thing after the other, on the thread you have.
    Sequential,
    /// A thread of its own: `std::thread::spawn`.
    Thread,
    /// A task for each wait: `tokio::spawn`.
    Task,
    /// A parallel iterator.
    Rayon,
}

#[derive(Clone, Copy, Debug)]
pub enum Job {
    /// Add up the twenty prices of a bill.
    AddUpTheBill,
    /// Keep a connection open to each of 10,000 tables, most of them silent.
    HoldTenThousandTables,
    /// Make 500 photos of dishes smaller; each takes 40 ms of computing.
    ShrinkFiveHundredPhotos,
    /// Run a driver for the oven that blocks and does not return.
    WatchTheOven,
    /// Taste the soup 100 times; each tasting says how much salt to add.
    SeasonTheSoup,
}

pub fn choose(job: Job) -> Tool {
    match job {
        Job::AddUpTheBill => Tool::Rayon,
        Job::HoldTenThousandTables => Tool::Thread,
        Job::ShrinkFiveHundredPhotos => Tool::Task,
        Job::WatchTheOven => Tool::Task,
        Job::SeasonTheSoup => Tool::Rayon,
    }
}
