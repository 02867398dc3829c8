//! Does every program print exactly what its page shows?
//!
//! Runs every `listings/*/examples/*.rs` as `cargo run --example NAME` would,
//! and compares the exit status, standard output and standard error with the
//! files beside it. A file that does not exist means "prints nothing there".
//! A listing that takes arguments is also given wrong ones. Each variation of a
//! listing, `NAME.WORD.diff`, is made, built and run as well.
//!
//! The programs in `listings/*/cpp/` are built and compared in the same way,
//! where this machine can. What it cannot run is reported as ignored, with the
//! reason; with `--include-ignored`, it fails.

use std::thread;

use book::expect;
use book::listings::Kind;
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Completion, Trial};

fn main() -> anyhow::Result<()> {
    let mut arguments = Arguments::from_args();
    // Most programs do nothing but wait: eight to a core keep it busy.
    let cores = thread::available_parallelism()?.get();
    arguments.test_threads.get_or_insert(8 * cores);
    let all = arguments.include_ignored;
    let shelf = Shelf::of_the_book(all)?;
    let mut trials = Vec::new();
    for listing in shelf.workspace.listings() {
        for variation in listing.variations() {
            let name = variation.name();
            trials.push(Trial::ignorable_test(name, move || {
                if let Some(reason) = shelf.elsewhere(listing) {
                    return Ok(Completion::ignored_with(reason));
                }
                expect::varies(shelf, &variation)?;
                Ok(Completion::Completed)
            }));
        }
        if matches!(listing.kind, Kind::Broken | Kind::Answer) {
            continue;
        }
        for of in listing.runs() {
            let name = of.name.clone();
            trials.push(Trial::ignorable_test(name, move || {
                match shelf.lacks(listing)? {
                    Some(reason) if all => Err(reason.into()),
                    Some(reason) => Ok(Completion::ignored_with(reason)),
                    None => {
                        expect::prints(shelf, listing, &of)?;
                        Ok(Completion::Completed)
                    }
                }
            }));
        }
        if let Some(other) = &listing.settings.becomes {
            let name = format!("{} becomes {other}", listing.name);
            trials.push(Trial::test(name, move || {
                Ok(expect::becomes(shelf, listing, other)?)
            }));
        }
        if let Some(other) = &listing.settings.replaces {
            let name = format!("{} replaces {other}", listing.name);
            trials.push(Trial::test(name, move || {
                Ok(expect::replaces(shelf, listing, other)?)
            }));
        }
        if listing.text.contains("env::args") {
            let name = format!("{} refuses wrong arguments", listing.name);
            trials.push(Trial::test(name, || {
                Ok(expect::refuses(shelf, listing)?)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}
