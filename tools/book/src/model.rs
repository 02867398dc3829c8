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

/// A text that is appended to a listing.
#[derive(Clone, Copy, Debug)]
pub struct Harness<'a> {
    /// The name of the listing.
    pub listing: &'a str,
    /// The stem of its file in `tests/models` or in `tests/soundness`.
    pub name: &'a str,
    /// How it is built and run.
    pub way: Way,
}

/// How a harness is built and run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// One of `tests/models`, which may use what this package depends on: shuttle
    /// and loom.
    Model,
    /// One of `tests/soundness`, with the checks of a debug build.
    Debug,
    /// The same, optimised, and so without these checks.
    Release,
    /// The same on one core, for which runtimes and pools start one thread.
    OneCore,
}

/// Demands that a harness finds nothing in its listing, in which each first text
/// has been replaced by the second.
///
/// # Errors
///
/// As [`run`], and with what it says if it finds something.
pub fn holds(harness: Harness<'_>, replaced: &[(&str, &str)]) -> Result<()> {
    run(harness, replaced, |done| {
        let Harness { name, way, .. } = harness;
        ensure!(done.exit == 0, "{name}, {way:?}: {}", done.stderr);
        Ok(())
    })
}

/// Demands that a harness ends the program with a failure that says `why`, once
/// each first text has been replaced by the second: how a fault would look.
///
/// # Errors
///
/// As [`run`], and when the harness does not find the fault.
pub fn finds(
    harness: Harness<'_>,
    faults: &[(&str, &str)],
    why: &str,
) -> Result<()> {
    run(harness, faults, |done| {
        let (name, stderr) = (harness.name, &done.stderr);
        ensure!(done.exit != 0, "{name} does not find the fault");
        ensure!(stderr.contains(why), "{name}: no `{why}` in: {stderr}");
        Ok(())
    })
}

/// Tests what a harness does on its listing, in which each first text has been
/// replaced by the second.
///
/// The schedules of shuttle and of loom are the same in every run, and a harness
/// of `tests/soundness` leaves nothing to luck although its runs differ: a
/// program that has been found correct is not run again. Of the others, no run is
/// like another.
///
/// # Errors
///
/// When there is no such listing or harness, when the listing does not have a
/// text that is to be replaced exactly once, when the whole does not compile, and
/// those of `test`.
pub fn run(
    harness: Harness<'_>,
    faults: &[(&str, &str)],
    test: impl FnOnce(Done) -> Result<()>,
) -> Result<()> {
    let shelf = Shelf::of_the_book(false)?;
    let Harness { listing, name, way } = harness;
    let program = build(shelf, harness, faults)?;
    let root = &shelf.workspace.root;
    let silent = OsStr::new("1");
    let variables = [("SHUTTLE_SILENCE_WARNINGS", silent)];
    let run = || {
        test(match way {
            Way::OneCore => run::on_one_core(&program, root)?,
            _ => run::run(&program, &[], root, &variables)?,
        })
    };
    if way == Way::Model && !SCHEDULERS.iter().any(|by| name.ends_with(by)) {
        return run();
    }
    let memory = shelf.build.profile_dir.join("harnesses-as-expected");
    // The file's name tells the faults, its time what it was made of.
    let facts = (Stamp::of(&program)?, format!("{way:?}"));
    memory::once(&memory, &format!("{listing}-{name}"), &facts, run)
}

/// The program that runs the harness on the listing with these faults.
fn build(
    shelf: &Shelf,
    harness: Harness<'_>,
    faults: &[(&str, &str)],
) -> Result<PathBuf> {
    let name = harness.listing;
    let listing = shelf.workspace.listing(name);
    let listing =
        listing.with_context(|| format!("no listing is called `{name}`"))?;
    let section = listing.section.as_str();
    let (folder, package, args): (_, _, &[&str]) = match harness.way {
        // In several units, optimising takes twice as long.
        Way::Model => (
            "models",
            env!("CARGO_PKG_NAME"),
            &["-Copt-level=1", "-Ccodegen-units=1"],
        ),
        Way::Release => ("soundness", section, &["-O", "-Ccodegen-units=1"]),
        Way::Debug | Way::OneCore => ("soundness", section, &[]),
    };
    let file = listing.source.display();
    let mut source = listing.text.clone();
    for (from, to) in faults {
        let once = source.matches(from).count() == 1;
        ensure!(once, "{file} does not have this once:\n{from}");
        source = source.replace(from, to);
    }
    let path = format!("tests/{folder}/{}.rs", harness.name);
    let text = fs::read_to_string(shelf.workspace.root.join(&path))
        .with_context(|| format!("cannot read {path}"))?;
    let mut source = source.replace("fn main()", "fn listing_main()");
    let stand_ins: &[(&str, &str)] = if text.contains("shuttle::") {
        &[
            ("std::sync::", "shuttle::sync::"),
            ("std::thread", "shuttle::thread"),
        ]
    } else if text.contains("loom::") {
        // `Arc` stays: a `Waker` is made of none but std's.
        &[
            ("std::sync::atomic", "loom::sync::atomic"),
            ("std::thread", "crate::loom_std::thread"),
        ]
    } else {
        &[]
    };
    for (std, stand_in) in stand_ins {
        source = source.replace(std, stand_in);
    }
    // Two faults of one listing are two programs, and so are two builds.
    let mut hasher = DefaultHasher::new();
    (faults, args).hash(&mut hasher);
    let program = Made {
        folder,
        name: &format!("{}-{:x}", harness.name, hasher.finish()),
        crate_name: "made",
        edition: "2024",
        text: &format!("#![allow(dead_code)]\n{source}\n{text}"),
        package,
        instead: &[],
        shown_as: None,
        args,
    };
    compile::made(&shelf.build, &program).map_err(|error| {
        anyhow!("{path} does not compile behind {file}.\n{error:#}")
    })
}
