//! Does every program print exactly what its page shows?
//!
//! Runs every `listings/*/examples/*.rs` as `cargo run --example NAME` would,
//! and compares the exit status, standard output and standard error with the
//! files beside it. A file that does not exist means "prints nothing there".
//! A listing that takes arguments is also given wrong ones.

use std::fs;

use book_tests::program::{self, Done};
use book_tests::report::{self, Mode, Shelf};
use book_tests::workspace::{Kind, Listing, Run};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let shelf = Shelf::open()?;
    let mut trials = Vec::new();
    for listing in shelf.workspace.listings() {
        if listing.kind != Kind::Example {
            continue;
        }
        for of in listing.runs() {
            trials.push(Trial::test(of.name.clone(), move || {
                prints(shelf, listing, &of)
            }));
        }
        let source = shelf.workspace.root.join(&listing.source);
        if fs::read_to_string(source)?.contains("env::args") {
            let name = format!("{} refuses wrong arguments", listing.name);
            trials.push(Trial::test(name, || refuses(shelf, listing)));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

fn run(
    shelf: &Shelf,
    listing: &Listing,
    args: &[String],
) -> Result<Done, Failed> {
    let program = shelf
        .build
        .programs
        .get(&listing.name)
        .ok_or("cargo has not built this example")?;
    Ok(program::run(program, args, &shelf.workspace.root)?)
}

fn prints(shelf: &Shelf, listing: &Listing, of: &Run) -> Result<(), Failed> {
    let command = listing.command_with(&of.args);
    let failed = |what: &str| {
        Err(report::listing(
            &shelf.book,
            listing,
            &command,
            "outputs",
            what,
        ))
    };
    let done = run(shelf, listing, &of.args)?;
    if done.exit != of.exit {
        return failed(&format!(
            "the exit status is {}, not {}; standard error was:\n{}",
            done.exit, of.exit, done.stderr
        ));
    }
    let mode = if listing.settings.unordered {
        Mode::Unordered
    } else {
        Mode::Pattern
    };
    for (stream, said, file) in [
        ("standard output", done.stdout, &of.stdout),
        ("standard error", done.stderr, &of.stderr),
    ] {
        let recorded = shelf.workspace.root.join(file);
        if let Err(difference) = report::compare(said, &recorded, mode) {
            return failed(&format!(
                "{stream} is not {}\n{difference}",
                file.display()
            ));
        }
    }
    Ok(())
}

/// A program that takes arguments answers wrong ones with a usage line on
/// standard error and exit status 2, as command-line programs do.
fn refuses(shelf: &Shelf, listing: &Listing) -> Result<(), Failed> {
    let wrong = ["--no-such-option", "a", "b", "c"].map(str::to_owned);
    let done = run(shelf, listing, &wrong)?;
    let usage = done.stderr.starts_with("usage: ");
    if usage && done.exit == 2 && done.stdout.is_empty() {
        return Ok(());
    }
    Err(report::listing(
        &shelf.book,
        listing,
        &listing.command_with(&wrong),
        "outputs",
        &format!(
            "wrong arguments give exit status {} instead of 2, or no line on \
             standard error that starts with `usage: `:\n{}{}",
            done.exit, done.stderr, done.stdout
        ),
    ))
}
