//! Testing the parts of a listing: its own source, with a harness behind it.
//!
//! A listing is one program, and its types are its own. `tests/models/NAME.rs`
//! is appended to the listing `NAME`, whose `main` steps back for the harness's.
//! A harness that calls shuttle gets the listing with the threads and locks of
//! shuttle, which chooses the schedule. One that calls loom gets it with loom's
//! atomics, and with the threads of the module `loom_std`, which it brings.
//!
//! `tests/soundness/NAME.rs` uses the functions of `NAME` harder than its page
//! does, with the crates of its section, as a reader would build and run it.

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, ensure};

use crate::compile::{self, Made};
use crate::memory::{self, Stamp};
use crate::run::{self, Done};
use crate::shelf::Shelf;

/// How the names of harnesses end whose schedules are chosen by a library.
const SCHEDULERS: [&str; 2] = [".shuttle", ".loom"];

/// How a harness of `tests/soundness` is built and run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With the checks of a debug build.
    Debug,
    /// Optimised, and so without these checks.
    Release,
    /// On one core, for which runtimes and pools start one thread.
    OneCore,
}

/// Tests what a harness of `tests/models` does on its listing, in which each first text has been
/// replaced by the second: how a fault would look.
///
/// The schedules of shuttle and of loom are the same in every run: a program that
/// has been found correct is not run again. Without them, no run is like another.
///
/// # Errors
///
/// When there is no such listing or harness, when the listing does not have a
/// text that is to be replaced exactly once, when the whole does not compile, and
/// those of `test`.
pub fn verify(
    shelf: &Shelf,
    name: &str,
    harness: &str,
    faults: &[(&str, &str)],
    test: impl FnOnce(Done) -> Result<()>,
) -> Result<()> {
    let source = Harness {
        folder: "models",
        name: harness,
        // This one, which depends on shuttle and loom for that.
        package: env!("CARGO_PKG_NAME"),
        args: &["-Copt-level=1", "-Ccodegen-units=1"],
    };
    let program = build(shelf, name, &source, faults)?;
    let silent = OsStr::new("1");
    let variables = [("SHUTTLE_SILENCE_WARNINGS", silent)];
    let root = &shelf.workspace.root;
    let run = || test(run::run(&program, &[], root, &variables)?);
    if !SCHEDULERS.iter().any(|by| harness.ends_with(by)) {
        return run();
    }
    let memory = shelf.build.profile_dir.join("models-as-expected");
    // The file's name tells the faults, its time what it was made of.
    let facts = Stamp::of(&program)?;
    memory::once(&memory, &format!("{name}-{harness}"), &facts, run)
}

/// Tests what the harness `tests/soundness/NAME.rs` does on the listing NAME, in
/// which each first text has been replaced by the second.
///
/// A harness leaves nothing to luck, although its runs differ: a program that
/// has been found correct is not run again.
///
/// # Errors
///
/// Those of [`verify`].
pub fn survives(
    shelf: &Shelf,
    name: &str,
    way: Way,
    faults: &[(&str, &str)],
    test: impl FnOnce(Done) -> Result<()>,
) -> Result<()> {
    let listing = shelf.workspace.listing(name);
    let listing = listing.with_context(|| not_there(name))?;
    let source = Harness {
        folder: "soundness",
        name,
        package: &listing.section,
        args: match way {
            // In several units, optimising takes twice as long.
            Way::Release => &["-O", "-Ccodegen-units=1"],
            Way::Debug | Way::OneCore => &[],
        },
    };
    let program = build(shelf, name, &source, faults)?;
    let memory = shelf.build.profile_dir.join("soundness-as-expected");
    let facts = (Stamp::of(&program)?, format!("{way:?}"));
    memory::once(&memory, name, &facts, || {
        let root = &shelf.workspace.root;
        test(match way {
            Way::Debug | Way::Release => run::run(&program, &[], root, &[])?,
            Way::OneCore => run::on_one_core(&program, root)?,
        })
    })
}

/// A text that is appended to a listing.
struct Harness<'a> {
    /// The folder in `tests` that holds it.
    folder: &'a str,
    /// The stem of its file.
    name: &'a str,
    /// The package whose dependencies the whole may use.
    package: &'a str,
    /// Further arguments for rustc.
    args: &'a [&'a str],
}

fn not_there(name: &str) -> String {
    format!("no listing is called `{name}`")
}

/// The program that runs the harness on the listing with these faults.
fn build(
    shelf: &Shelf,
    name: &str,
    harness: &Harness<'_>,
    faults: &[(&str, &str)],
) -> Result<PathBuf> {
    let listing = shelf.workspace.listing(name);
    let listing = listing.with_context(|| not_there(name))?;
    let file = listing.source.display();
    let mut source = listing.text.clone();
    for (from, to) in faults {
        let once = source.matches(from).count() == 1;
        ensure!(once, "{file} does not have this once:\n{from}");
        source = source.replace(from, to);
    }
    let path = format!("tests/{}/{}.rs", harness.folder, harness.name);
    let harness_text = fs::read_to_string(shelf.workspace.root.join(&path))
        .with_context(|| format!("cannot read {path}"))?;
    let source = source.replace("fn main()", "fn listing_main()");
    let source = if harness_text.contains("shuttle::") {
        source
            .replace("std::sync::", "shuttle::sync::")
            .replace("std::thread", "shuttle::thread")
    } else if harness_text.contains("loom::") {
        // `Arc` stays: a `Waker` is made of none but std's.
        source
            .replace("std::sync::atomic", "loom::sync::atomic")
            .replace("std::thread", "crate::loom_std::thread")
    } else {
        source
    };
    // Two faults of one listing are two programs, and so are two builds.
    let mut hasher = DefaultHasher::new();
    (faults, harness.args).hash(&mut hasher);
    let program = Made {
        folder: harness.folder,
        name: &format!("{}-{:x}", harness.name, hasher.finish()),
        crate_name: "made",
        edition: "2024",
        text: &format!("#![allow(dead_code)]\n{source}\n{harness_text}"),
        package: harness.package,
        instead: &[],
        shown_as: None,
        args: harness.args,
    };
    compile::made(&shelf.build, &program).map_err(|error| {
        anyhow!("{path} does not compile behind {file}.\n{error:#}")
    })
}
