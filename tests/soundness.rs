//! Do programs that readers copy hold outside of what their pages run?
//!
//! Each listing is used by a harness from `tests/soundness` as real programs use
//! it: with a million items, panics in each task, callers that leave, on both
//! runtimes; in a debug and a release build, and on one core. A harness that could
//! not fail would prove nothing: each must find the faults that its listing once
//! had, and say so in a word. They stand beside it, in `NAME.txt`.
//!
//! So a listing is written in functions that take what varies: an iterator, a reader
//! and a writer, a closure. A harness leaves nothing to luck: it counts what is alive
//! and opens doors, and does not sleep until something has probably happened. It
//! takes at most 5 seconds. The libraries are those of a debug build in every case.

use std::path::Path;
use std::thread;

use book::model::{Way, cases};
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Completion, Trial};

fn main() -> anyhow::Result<()> {
    let mut arguments = Arguments::from_args();
    // Half of the time they wait for clocks and for other processes.
    let cores = thread::available_parallelism()?.get();
    arguments.test_threads.get_or_insert(3 * cores);
    let shelf = Shelf::of_the_book(false)?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ways = [Way::Debug, Way::Release, Way::OneCore];
    let mut trials = Vec::new();
    for case in cases(&here.join("soundness"), &ways)? {
        trials.push(Trial::ignorable_test(case.name.clone(), move || {
            if let Some(reason) = shelf.elsewhere(case.listing(shelf)?) {
                return Ok(Completion::ignored_with(reason));
            }
            case.test(shelf)?;
            Ok(Completion::Completed)
        }));
    }
    libtest_mimic::run(&arguments, trials).exit()
}
