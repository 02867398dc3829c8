//! What is demanded of a single listing, and what is said when it fails.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::check::change;
use crate::compile;
use crate::exercises::{Exercise, Starters};
use crate::files::End;
use crate::listings::{Listing, Run};
use crate::memory;
use crate::run::{self, Done};
use crate::shelf::Shelf;

mod compare;
mod variations;

use compare::{Accept, compare, message, report};
pub use variations::varies;

/// One run of a listing prints what is kept of it and ends with the declared
/// exit status.
///
/// # Errors
///
/// When it does not, with the difference and the way to accept it.
pub fn prints(shelf: &Shelf, listing: &Listing, of: &Run) -> Result<()> {
    let command = listing.command_of(of);
    let failed = |what: &str, accept: Accept| {
        Err(message(shelf, listing, &command, what, accept))
    };
    let done = shelf.run(listing, &of.args)?;
    if done.hangs {
        let seconds = run::LIMIT.as_secs();
        let what = format!(
            "it does not end: it was still running after {seconds} seconds; \
             standard output was:\n{}",
            done.stdout
        );
        return failed(&what, None);
    }
    if done.exit != of.exit {
        let what = format!(
            "the exit status is {}, not {}; standard error was:\n{}",
            done.exit, of.exit, done.stderr
        );
        return failed(&what, None);
    }
    for (stream, said, file) in [
        ("standard output", done.stdout, &of.stdout),
        ("standard error", done.stderr, &of.stderr),
    ] {
        let varies = of.varies.is_some();
        if let Err(difference) = shelf.compare(said, file, varies) {
            let what =
                format!("{stream} is not {}\n{difference}", file.display());
            return failed(&what, Some("outputs --"));
        }
    }
    Ok(())
}

/// A listing that takes arguments answers wrong ones with a usage line on
/// standard error and exit status 2, as command-line programs do.
///
/// # Errors
///
/// When it does anything else.
pub fn refuses(shelf: &Shelf, listing: &Listing) -> Result<()> {
    let wrong = ["--no-such-option", "a", "b", "c"].map(str::to_owned);
    let done = shelf.run(listing, &wrong)?;
    let usage = done.stderr.starts_with("usage: ");
    if usage && done.exit == 2 && done.stdout.is_empty() {
        return Ok(());
    }
    let command = listing.command_with(&wrong);
    let what = format!(
        "wrong arguments give exit status {} instead of 2, or no line on \
         standard error that starts with `usage: `:\n{}{}",
        done.exit, done.stderr, done.stdout
    );
    Err(message(shelf, listing, &command, &what, None))
}

/// What a listing must change to become another is what is kept.
///
/// # Errors
///
/// When it is not, with the difference and the way to accept it, or when there
/// is no such listing.
pub fn becomes(shelf: &Shelf, listing: &Listing, other: &str) -> Result<()> {
    let to = shelf.workspace.listing(other).with_context(|| {
        let name = &listing.name;
        format!("`{name}` is declared to become `{other}`, which is no listing")
    })?;
    turns(shelf, listing, listing, to)
}

/// What another listing must change to become this one is what is kept.
///
/// # Errors
///
/// Those of [`becomes`].
pub fn replaces(shelf: &Shelf, listing: &Listing, other: &str) -> Result<()> {
    let from = shelf.workspace.listing(other).with_context(|| {
        let name = &listing.name;
        format!(
            "`{name}` is declared to replace `{other}`, which is no listing"
        )
    })?;
    turns(shelf, listing, from, listing)
}

/// The change from one listing to the other is what is kept beside `of`.
fn turns(
    shelf: &Shelf,
    of: &Listing,
    from: &Listing,
    to: &Listing,
) -> Result<()> {
    let kept = of.file(End::Diff);
    let compared = shelf.compare(change(from, to), &kept, false);
    let Err(difference) = compared else {
        return Ok(());
    };
    let it = if from.name == of.name {
        "it"
    } else {
        &from.name
    };
    let what = format!(
        "what turns {it} into {} is not {}\n{difference}",
        to.source.display(),
        kept.display()
    );
    let command = of.command();
    Err(message(shelf, of, &command, &what, Some("outputs --")))
}

/// A broken listing does not compile, for exactly the kept reason. Once that is
/// so, rustc is not asked again until something changes.
///
/// # Errors
///
/// When it compiles, or rustc says something else.
pub fn fails(shelf: &Shelf, listing: &Listing) -> Result<()> {
    let command = listing.command();
    let failed = |what: &str, accept: Accept| {
        Err(message(shelf, listing, &command, what, accept))
    };
    let build = &shelf.build;
    let kept = listing.file(End::Stderr);
    let facts = (compile::facts(build, listing)?, listing.kept(End::Stderr));
    let memory = build.profile_dir.join("failures-as-kept");
    memory::once(&memory, &listing.name, &facts, || {
        let verdict = compile::compile(build, listing)?;
        if verdict.compiled {
            return failed("it compiles", None);
        }
        match shelf.compare(verdict.stderr, &kept, false) {
            Ok(()) => Ok(()),
            Err(difference) => {
                let file = kept.display();
                let what = format!("rustc does not say {file}\n{difference}");
                failed(&what, Some("broken --"))
            }
        }
    })
}

/// What `cargo answer` says of an answer is what is kept of it, and it ends with
/// the declared status.
///
/// # Errors
///
/// When it is not, with the difference and the way to accept it.
pub fn judged(
    shelf: &Shelf,
    listing: &Listing,
    said: String,
    exit: i32,
) -> Result<()> {
    let command = listing.command();
    let failed = |what: &str, accept: Accept| {
        Err(message(shelf, listing, &command, what, accept))
    };
    let declared = listing.settings.exit;
    if exit != declared {
        let what = format!(
            "the exit status is {exit}, not {declared}; it says:\n{said}"
        );
        return failed(&what, None);
    }
    let kept = listing.file(End::Stdout);
    match shelf.compare(said, &kept, false) {
        Ok(()) => Ok(()),
        Err(difference) => {
            let file = kept.display();
            let what = format!("the gate does not say {file}\n{difference}");
            failed(&what, Some("answers --"))
        }
    }
}

/// The tests of an exercise fail with its starter, and say what is kept.
///
/// # Errors
///
/// When they pass, or fail with another message.
pub fn starter_fails(
    root: &Path,
    starters: &Starters,
    exercise: &Exercise,
    overwrite: bool,
) -> Result<()> {
    let name = &exercise.name;
    let program = starters
        .0
        .get(name)
        .with_context(|| format!("cargo has built no test called {name}"))?;
    let args = ["--test-threads=1", "--nocapture"].map(str::to_owned);
    let done = run::run(program, &args, root, &[])?;
    let (what, accept) = if done.exit == 0 {
        let what = "the starter passes all tests, so there is nothing to do";
        (what.to_owned(), None)
    } else {
        match compare(root, done.stderr, &exercise.failure, false, overwrite) {
            Ok(()) => return Ok(()),
            Err(difference) => {
                let file = exercise.failure.display();
                let what = "what the tests say of the starter is not";
                (format!("{what} {file}\n{difference}"), Some("starters --"))
            }
        }
    };
    let command = "--features exercises/starter";
    let rows = [
        ("starter", exercise.starter.display().to_string()),
        ("see it", format!("cargo test --test {name} {command}")),
    ];
    Err(report(name, &what, &rows, accept))
}

/// A recorded run of a listing prints what its plain run prints.
///
/// # Errors
///
/// When it does not, with the difference.
pub fn prints_as_ever(
    root: &Path,
    listing: &Listing,
    said: Done,
) -> Result<()> {
    let kept = listing.file(End::Stdout);
    let varies = listing.settings.varies.is_some();
    match compare(root, said.stdout, &kept, varies, false) {
        Ok(()) => Ok(()),
        Err(difference) => bail!(
            "`{}` prints something else when it is recorded, so the recording \
             is not of the program that the page shows\n{difference}",
            listing.name
        ),
    }
}
