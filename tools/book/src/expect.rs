//! What is demanded of a single listing, and what is said when it fails.

use std::path::Path;

use anyhow::{Context, Error, Result, anyhow, bail};
use snapbox::assert::Action;
use snapbox::data::{Data, DataFormat};

use crate::check::change;
use crate::compile;
use crate::exercises::{Exercise, Starters};
use crate::files::End;
use crate::listings::{Kind, Listing, Run};
use crate::memory;
use crate::pages::showing;
use crate::run::{self, Done};
use crate::shelf::Shelf;
use crate::variation::{Outcome, Variation};

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

/// A variation does what is kept of it, and something else than its listing.
/// What does not compile or never ends is not tried again until something
/// changes.
///
/// # Errors
///
/// When it does anything else, with the difference and the way to accept it.
pub fn varies(shelf: &Shelf, variation: &Variation<'_>) -> Result<()> {
    let declared = &variation.settings;
    if !declared.broken && !declared.hangs {
        return does_as_kept(shelf, variation);
    }
    let build = &shelf.build;
    let kept = [End::Stdout, End::Stderr].map(|end| variation.kept(end));
    let facts = (
        compile::facts(build, variation.listing)?,
        &variation.diff.text,
        kept,
        (declared.broken, declared.hangs, declared.varies.is_some()),
    );
    let memory = build.profile_dir.join("variations-as-kept");
    memory::once(&memory, &variation.name(), &facts, || {
        does_as_kept(shelf, variation)
    })
}

fn does_as_kept(shelf: &Shelf, variation: &Variation<'_>) -> Result<()> {
    let listing = variation.listing;
    let name = variation.name();
    let report_of = |what: &str, accept: Accept| {
        let source = &listing.source;
        let rows = [
            ("program", source.display().to_string()),
            ("change", variation.diff.path.display().to_string()),
            ("shown in", showing(&shelf.workspace.root, source)),
            ("see it", variation.command()),
        ];
        Err(report(&name, what, &rows, accept))
    };
    let failed = |what: &str| report_of(what, None);
    let declared = &variation.settings;
    let outcome = match variation.outcome(shelf) {
        Ok(outcome) => outcome,
        Err(error) => return failed(&format!("{error:#}")),
    };
    let (stdout, stderr, exit) = match outcome {
        Outcome::Broken(verdict) if declared.broken => {
            (String::new(), verdict.stderr, 0)
        }
        Outcome::Broken(verdict) => {
            return failed(&format!(
                "it does not compile; if that is the lesson, declare `broken \
                 = true`\n{}",
                verdict.stderr
            ));
        }
        Outcome::Ran { .. } if declared.broken => {
            return failed("it compiles, and is declared `broken`");
        }
        Outcome::Ran { done, hangs } => {
            if hangs != declared.hangs {
                return failed(&match hangs {
                    true => "it does not end; declare `hangs = true`".into(),
                    false => format!(
                        "it ends with status {}, and is declared to hang",
                        done.exit
                    ),
                });
            }
            (done.stdout, done.stderr, done.exit)
        }
    };
    if exit != declared.exit {
        return failed(&format!(
            "the exit status is {exit}, not {}; standard error was:\n{stderr}",
            declared.exit
        ));
    }
    let kept = |file: &Path| shelf.workspace.text(file).unwrap_or_default();
    let plain = &listing.runs()[0];
    let as_ever = exit == plain.exit
        // That an error stays can be the lesson.
        && !declared.broken
        && listing.kind != Kind::Broken
        && !declared.hangs
        && kept(&plain.stderr) == stderr
        && kept(&plain.stdout) == stdout;
    if as_ever {
        return failed(
            "it does what the listing does, so the reader sees no difference; \
             choose another change",
        );
    }
    let varies = declared.varies.is_some() && !declared.broken;
    for (stream, said, end) in [
        ("standard output", stdout, End::Stdout),
        ("standard error", stderr, End::Stderr),
    ] {
        let file = variation.file(end);
        if let Err(difference) = shelf.compare(said, &file, varies) {
            let what =
                format!("{stream} is not {}\n{difference}", file.display());
            return report_of(&what, Some("outputs -- --exact"));
        }
    }
    Ok(())
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

impl Shelf {
    fn compare(
        &self,
        said: String,
        kept: &Path,
        varies: bool,
    ) -> Result<(), String> {
        compare(&self.workspace.root, said, kept, varies, self.overwrite)
    }
}

/// Compares what was said with the file that keeps it, every character; if it
/// `varies`, `[..]` in the file stands for what differs from run to run. A file
/// that does not exist stands for "nothing".
fn compare(
    root: &Path,
    said: String,
    kept: &Path,
    varies: bool,
    overwrite: bool,
) -> Result<(), String> {
    let file = root.join(kept);
    if said.is_empty() && !file.exists() {
        return Ok(());
    }
    let expected = Data::read_from(&file, Some(DataFormat::Text));
    let expected = if varies { expected } else { expected.raw() };
    snapbox::Assert::new()
        // Of all that snapbox replaces, only `[..]` is known here.
        .redact_with(snapbox::Redactions::new())
        .normalize_paths(false)
        // Not `action_env`: it would let "ignore" and "skip" pass everything.
        .action(match overwrite {
            true => Action::Overwrite,
            false => Action::Verify,
        })
        .palette(snapbox::report::Palette::plain())
        .try_eq(None, Data::text(said), expected)
        .map_err(|difference| {
            // The same on every machine, as all other paths here.
            let file = file.display().to_string();
            let kept = kept.display().to_string();
            difference.to_string().replace(&file, &kept)
        })
}

/// The test that accepts what is done now, where that can help, and how it is
/// told of which program.
type Accept<'a> = Option<&'a str>;

/// What a listing does, with its program, its page, the command that shows it, and
/// how to accept it if it is right.
fn message(
    shelf: &Shelf,
    listing: &Listing,
    command: &str,
    what: &str,
    accept: Accept,
) -> Error {
    let source = &listing.source;
    let rows = [
        ("program", source.display().to_string()),
        ("shown in", showing(&shelf.workspace.root, source)),
        ("see it", command.to_owned()),
    ];
    report(&listing.name, what, &rows, accept)
}

fn report(
    name: &str,
    what: &str,
    rows: &[(&str, String)],
    accept: Accept,
) -> Error {
    let mut text = format!("{name}: {what}\n\n");
    let accept = accept.map(|test| {
        let command = "SNAPSHOTS=overwrite cargo test --test";
        ("accept", format!("{command} {test} {name}"))
    });
    for (key, value) in rows.iter().chain(&accept) {
        text += &format!("  {key:<9}{value}\n");
    }
    anyhow!(text)
}
