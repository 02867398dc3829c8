//! What is demanded of a single listing, and what is said when it fails.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use snapbox::assert::Action;
use snapbox::data::{Data, DataFormat};

use crate::check::repeated;
use crate::compile;
use crate::cpp;
use crate::exercises::{Exercise, Starters};
use crate::listings::{Kind, Listing, Run, Section};
use crate::memory;
use crate::pages::Book;
use crate::run::{self, Done};
use crate::shelf::Shelf;

/// One run of a listing prints what its recorded files say and ends with the
/// declared exit status.
///
/// # Errors
///
/// When it does not, with the difference and the way to accept it.
pub fn prints(shelf: &Shelf, listing: &Listing, of: &Run) -> Result<()> {
    let command = listing.command_of(of);
    let failed =
        |what: &str| bail!(message(shelf, listing, &command, "outputs", what));
    let done = run_listing(shelf, listing, &of.args)?;
    if done.exit != of.exit {
        return failed(&format!(
            "the exit status is {}, not {}; standard error was:\n{}",
            done.exit, of.exit, done.stderr
        ));
    }
    if done.took > run::PATIENCE {
        return failed(&format!(
            "it ran for {:.1} s; a listing ends within {} s",
            done.took.as_secs_f64(),
            run::PATIENCE.as_secs()
        ));
    }
    let strictness = Strictness::of(listing);
    for (stream, said, file) in [
        ("standard output", done.stdout, &of.stdout),
        ("standard error", done.stderr, &of.stderr),
    ] {
        let recorded = shelf.workspace.root.join(file);
        if let Err(difference) = compare(said, &recorded, strictness) {
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
    let done = run_listing(shelf, listing, &wrong)?;
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

/// What a listing must change to become another is what is recorded.
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
    let change = repeated::change(&shelf.workspace.root, listing, to)?;
    let recorded = listing.source.with_extension("diff");
    let file = shelf.workspace.root.join(&recorded);
    if let Err(difference) = compare(change, &file, Strictness::Exact) {
        let what = format!(
            "what turns it into {} is not {}\n{difference}",
            to.source.display(),
            recorded.display()
        );
        bail!(message(
            shelf,
            listing,
            &listing.command(),
            "outputs",
            &what
        ));
    }
    Ok(())
}

/// A broken listing does not compile, for exactly the recorded reason. Once that
/// is so, rustc is not asked again until something changes.
///
/// # Errors
///
/// When it compiles, or rustc says something else.
pub fn fails(
    shelf: &Shelf,
    section: &Section,
    listing: &Listing,
) -> Result<()> {
    let command = listing.command();
    let failed =
        |what: &str| bail!(message(shelf, listing, &command, "broken", what));
    let root = &shelf.workspace.root;
    let build = &shelf.build;
    let recorded = listing.source.with_extension("stderr");
    let facts = (
        compile::facts(root, build, section, listing)?,
        fs::read(root.join(&recorded)).ok(),
    );
    let memory = build.profile_dir.join("failures-as-recorded");
    memory::once(&memory, &listing.name, &facts, || {
        let verdict = compile::compile(root, build, section, listing)?;
        if verdict.compiled {
            return failed("it compiles");
        }
        let exact = Strictness::Exact;
        match compare(verdict.stderr, &root.join(&recorded), exact) {
            Ok(()) => Ok(()),
            Err(difference) => {
                let file = recorded.display();
                failed(&format!("rustc does not say {file}\n{difference}"))
            }
        }
    })
}

/// The tests of an exercise fail with its starter, and say what is recorded.
///
/// # Errors
///
/// When they pass, or fail with another message.
pub fn starter_fails(
    root: &Path,
    starters: &Starters,
    exercise: &Exercise,
) -> Result<()> {
    let name = &exercise.name;
    let program = starters
        .0
        .get(name)
        .with_context(|| format!("cargo has built no test called {name}"))?;
    let args = ["--test-threads=1", "--nocapture"].map(str::to_owned);
    let done = run::run(program, &args, root, &[])?;
    let failure = exercise.failure.display();
    let what = if done.exit == 0 {
        "the starter passes all tests, so there is nothing to do".to_owned()
    } else if let Err(difference) = compare(
        done.stderr,
        &root.join(&exercise.failure),
        Strictness::Exact,
    ) {
        format!(
            "what the tests say of the starter is not {failure}\n{difference}"
        )
    } else {
        return Ok(());
    };
    bail!(
        "{name}: {what}\n\n  starter  {}\n  see it   cargo test --test {name} \
         --features exercises/starter\n  accept   SNAPSHOTS=overwrite cargo \
         test --test starters -- {name}\n",
        exercise.starter.display()
    )
}

/// Runs a listing as the tests have built it.
pub(crate) fn run_listing(
    shelf: &Shelf,
    listing: &Listing,
    args: &[String],
) -> Result<Done> {
    let root = &shelf.workspace.root;
    if listing.kind == Kind::Cpp {
        let program = cpp::build(root, listing, &shelf.build.profile_dir)?;
        let mut done = run::run(&program, args, root, &[])?;
        done.stderr = cpp::essence(&done.stderr);
        return Ok(done);
    }
    let program = shelf
        .build
        .programs
        .get(&root.join(&listing.source).canonicalize()?)
        .with_context(|| {
            let source = listing.source.display();
            format!(
                "cargo has not built {source}; does the manifest rename it?"
            )
        })?;
    run::run(program, args, root, &[])
}

/// Why a listing cannot run on this machine now, if it cannot: its language or
/// a library is not installed, or a feature is not enabled.
///
/// # Errors
///
/// When the program does not say how it is built.
pub fn lacks(shelf: &Shelf, listing: &Listing) -> Result<Option<String>> {
    let root = &shelf.workspace.root;
    match listing.kind {
        Kind::Cpp => cpp::lacks(root, listing, &shelf.build.profile_dir),
        Kind::Example | Kind::Broken => {
            let source = root.join(&listing.source).canonicalize()?;
            let off = !listing.features.is_empty()
                && !shelf.build.programs.contains_key(&source);
            Ok(off.then(|| {
                let features = listing.features.join(", ");
                format!("the feature {features} is off unless asked for")
            }))
        }
    }
}

/// How strictly a recorded output is compared.
#[derive(Clone, Copy, Debug)]
enum Strictness {
    /// Every character.
    Exact,
    /// Every character, but `[..]` stands for what differs from run to run.
    Pattern,
    /// As `Pattern`, with the lines in any order.
    Unordered,
}

impl Strictness {
    fn of(listing: &Listing) -> Strictness {
        if listing.settings.unordered {
            Strictness::Unordered
        } else if listing.settings.varies {
            Strictness::Pattern
        } else {
            Strictness::Exact
        }
    }
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
    let recorded = root.join(listing.source.with_extension("stdout"));
    match compare(said.stdout, &recorded, Strictness::of(listing)) {
        Ok(()) => Ok(()),
        Err(difference) => bail!(
            "`{}` prints something else when it is recorded, so the recording \
             is not of the program that the page shows\n{difference}",
            listing.name
        ),
    }
}

/// Compares what was said with the file that records it; a file that does not
/// exist stands for "nothing". With `SNAPSHOTS=overwrite` in the environment
/// the file is written instead.
fn compare(
    said: String,
    recorded: &Path,
    strictness: Strictness,
) -> Result<(), snapbox::assert::Error> {
    if said.is_empty() && !recorded.exists() {
        return Ok(());
    }
    let expected = Data::read_from(recorded, Some(DataFormat::Text));
    let expected = match strictness {
        Strictness::Exact => expected.raw(),
        Strictness::Pattern => expected,
        Strictness::Unordered => expected.unordered(),
    };
    snapbox::Assert::new()
        .normalize_paths(false)
        // Not `action_env`: it would let "ignore" and "skip" pass everything.
        .action(match std::env::var("SNAPSHOTS").as_deref() {
            Ok("overwrite") => Action::Overwrite,
            _ => Action::Verify,
        })
        .palette(snapbox::report::Palette::plain())
        .try_eq(None, Data::text(said), expected)
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
    let mut text = format!("{}: {what}\n\n", listing.name);
    let source = listing.source.display();
    let shown = match Book::load(&shelf.workspace.root) {
        Ok(book) => book.showing(&listing.source).join(", "),
        Err(error) => format!("a book that cannot be read: {error:#}"),
    };
    let shown = if shown.is_empty() { "no page" } else { &shown };
    let name = &listing.name;
    let _ = writeln!(text, "  program  {source}");
    let _ = writeln!(text, "  shown in {shown}");
    let _ = writeln!(text, "  see it   {command}");
    let _ = writeln!(
        text,
        "  accept   SNAPSHOTS=overwrite cargo test --test {test} -- {name}"
    );
    text
}
