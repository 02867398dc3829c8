//! Does every program print exactly what its page shows?
//!
//! Runs every `listings/*/examples/*.rs` as `cargo run --example NAME` would,
//! and compares the exit status, standard output and standard error with the
//! files beside it. A file that does not exist means "prints nothing there".
//! A listing that takes arguments is also given wrong ones.
//!
//! The programs in `listings/*/cpp/` are built and compared in the same way,
//! where this machine can. What it cannot run is reported as ignored, with the
//! reason; with `--include-ignored`, it fails.

use std::fs;
use std::thread;

use book_tests::shelf::Shelf;
use book_tests::verify;
use book_tests::workspace::{Kind, root_of_the_book};
use libtest_mimic::{Arguments, Completion, Trial};

fn main() -> anyhow::Result<()> {
    let mut arguments = Arguments::from_args();
    // Most programs do nothing but wait: four to a core keep it busy.
    let cores = thread::available_parallelism()?.get();
    arguments.test_threads.get_or_insert(4 * cores);
    let all = arguments.include_ignored;
    let shelf: &Shelf = match all {
        true => Box::leak(Box::new(Shelf::complete(&root_of_the_book())?)),
        false => Shelf::of_the_book()?,
    };
    let mut trials = Vec::new();
    for listing in shelf.workspace.listings() {
        if listing.kind == Kind::Broken {
            continue;
        }
        for of in listing.runs() {
            let name = of.name.clone();
            trials.push(Trial::ignorable_test(
                name,
                move || match verify::lacks(shelf, listing)? {
                    Some(reason) if all => Err(reason.into()),
                    Some(reason) => Ok(Completion::ignored_with(reason)),
                    None => {
                        verify::prints(shelf, listing, &of)?;
                        Ok(Completion::Completed)
                    }
                },
            ));
        }
        if let Some(other) = &listing.settings.becomes {
            let name = format!("{} becomes {other}", listing.name);
            trials.push(Trial::test(name, move || {
                Ok(verify::becomes(shelf, listing, other)?)
            }));
        }
        let source = shelf.workspace.root.join(&listing.source);
        if fs::read_to_string(source)?.contains("env::args") {
            let name = format!("{} refuses wrong arguments", listing.name);
            trials.push(Trial::test(name, || {
                Ok(verify::refuses(shelf, listing)?)
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}
