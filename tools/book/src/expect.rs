//! What is demanded of a single listing, and what is said when it fails.

use std::path::Path;

use anyhow::{Context, Result, bail};
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
    let failed =
        |what: &str| bail!(message(shelf, listing, &command, "outputs", what));
    let done = shelf.run(listing, &of.args)?;
    if done.hangs {
        return failed(&format!(
            "it does not end: it was still running after {} seconds; standard \
             output was:\n{}",
            run::LIMIT.as_secs(),
            done.stdout
        ));
    }
    if done.exit != of.exit {
        return failed(&format!(
            "the exit status is {}, not {}; standard error was:\n{}",
            done.exit, of.exit, done.stderr
        ));
    }
    for (stream, said, file) in [
        ("standard output", done.stdout, &of.stdout),
        ("standard error", done.stderr, &of.stderr),
    ] {
        let varies = of.varies.is_some();
        if let Err(difference) = shelf.compare(said, file, varies) {
            let file = file.display();
            return failed(&format!("{stream} is not {file}\n{difference}"));
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
    bail!(message(shelf, listing, &command, "outputs", &what))
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
    bail!(message(shelf, of, &of.command(), "outputs", &what))
}

/// A broken listing does not compile, for exactly the kept reason. Once that is
/// so, rustc is not asked again until something changes.
///
/// # Errors
///
/// When it compiles, or rustc says something else.
pub fn fails(shelf: &Shelf, listing: &Listing) -> Result<()> {
    let command = listing.command();
    let failed =
        |what: &str| bail!(message(shelf, listing, &command, "broken", what));
    let build = &shelf.build;
    let kept = listing.file(End::Stderr);
    let facts = (compile::facts(build, listing)?, listing.kept(End::Stderr));
    let memory = build.profile_dir.join("failures-as-kept");
    memory::once(&memory, &listing.name, &facts, || {
        let verdict = compile::compile(build, listing)?;
        if verdict.compiled {
            return failed("it compiles");
        }
        match shelf.compare(verdict.stderr, &kept, false) {
            Ok(()) => Ok(()),
            Err(difference) => {
                let file = kept.display();
                failed(&format!("rustc does not say {file}\n{difference}"))
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
    let failed = |what: &str| {
        let source = &listing.source;
        let name = variation.name();
        bail!(
            "{name}: {what}\n\n  program  {}\n  change   {}\n  shown in {}\n  \
             see it   {}\n  accept   SNAPSHOTS=overwrite cargo test --test \
             outputs -- --exact {name}\n",
            source.display(),
            variation.diff.path.display(),
            showing(&shelf.workspace.root, source),
            variation.command()
        )
    };
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
                return failed(match hangs {
                    true => "it does not end; declare `hangs = true`",
                    false => "it ends, and is declared to hang",
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
            let file = file.display();
            return failed(&format!("{stream} is not {file}\n{difference}"));
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
    let what = if done.exit == 0 {
        "the starter passes all tests, so there is nothing to do".to_owned()
    } else {
        match compare(root, done.stderr, &exercise.failure, false, overwrite) {
            Ok(()) => return Ok(()),
            Err(difference) => format!(
                "what the tests say of the starter is not {}\n{difference}",
                exercise.failure.display()
            ),
        }
    };
    bail!(
        "{name}: {what}\n\n  starter  {}\n  see it   cargo test --test {name} \
         --features exercises/starter\n  accept   SNAPSHOTS=overwrite cargo \
         test --test starters -- {name}\n",
        exercise.starter.display()
    )
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

/// The page, the program, the command that shows what it does now, and how to
/// accept that if it is right.
fn message(
    shelf: &Shelf,
    listing: &Listing,
    command: &str,
    test: &str,
    what: &str,
) -> String {
    let name = &listing.name;
    let source = &listing.source;
    let program = source.display();
    let shown = showing(&shelf.workspace.root, source);
    format!(
        "{name}: {what}\n\n  program  {program}\n  shown in {shown}\n  \
         see it   {command}\n  accept   SNAPSHOTS=overwrite cargo test \
         --test {test} -- {name}\n"
    )
}
