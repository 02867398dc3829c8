//! Testing the parts of a listing: its own source, with a harness behind it.
//!
//! A listing is one program, and its types are its own. `tests/models/NAME.rs`
//! is appended to the listing `NAME`, whose `main` steps back for the harness's.
//! A harness that calls shuttle gets the listing with the threads and locks of
//! shuttle, which chooses the schedule. One that calls loom gets it with loom's
//! atomics, and with the threads of the module `loom_std`, which it brings.

use std::env::consts::EXE_EXTENSION;
use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::memory::{self, Stamp};
use crate::recording::newer;
use crate::run::{self, Done};
use crate::shelf::Shelf;

/// How the names of harnesses end whose schedules are chosen by a library.
const SCHEDULERS: [&str; 2] = [".shuttle", ".loom"];

/// Tests what a harness does on its listing, in which each first text has been
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
    let program = build(shelf, name, harness, faults)?;
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

/// The program that runs the harness on the listing with these faults.
fn build(
    shelf: &Shelf,
    name: &str,
    harness: &str,
    faults: &[(&str, &str)],
) -> Result<PathBuf> {
    let root = &shelf.workspace.root;
    let listing = shelf
        .workspace
        .listing(name)
        .with_context(|| format!("no listing is called `{name}`"))?;
    let mut source = fs::read_to_string(root.join(&listing.source))?;
    for (from, to) in faults {
        if source.matches(from).count() != 1 {
            let file = listing.source.display();
            bail!("{file} does not have this once:\n{from}");
        }
        source = source.replace(from, to);
    }
    let file = root.join(format!("tests/models/{harness}.rs"));
    let harness_text = fs::read_to_string(&file)
        .with_context(|| format!("cannot read {}", file.display()))?;
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
    let folder = shelf.build.profile_dir.join("models");
    fs::create_dir_all(&folder)?;
    // Two faults of one listing are two programs.
    let mut hasher = DefaultHasher::new();
    faults.hash(&mut hasher);
    let stem = format!("{}-{:x}", harness.replace('.', "-"), hasher.finish());
    let program = folder.join(&stem).with_extension(EXE_EXTENSION);
    let whole = folder.join(&stem).with_extension("rs");
    let text = format!("#![allow(dead_code)]\n{source}\n{harness_text}");
    let same = fs::read_to_string(&whole).is_ok_and(|old| old == text);
    // A program that is older than its text is that of a text before.
    let (shuttle, loom) = (
        shelf.build.library("shuttle")?,
        shelf.build.library("loom")?,
    );
    if !(same && newer(&program, &[&whole, shuttle, loom])) {
        fs::write(&whole, text)?;
        let mut rustc = Command::new("rustc");
        rustc
            .args(["--edition=2024", "--color=never", "-Copt-level=1", "-L"])
            .arg(shelf.build.profile_dir.join("deps"));
        for library in shelf.build.externs("book-tests")? {
            let path = library.path.display();
            rustc.arg(format!("--extern={}={path}", library.name));
        }
        let output = rustc.arg(&whole).arg("-o").arg(&program).output()?;
        if !output.status.success() {
            bail!(
                "{} does not compile behind {}:\n{}",
                file.display(),
                listing.source.display(),
                String::from_utf8_lossy(&output.stderr)
            );
        }
    }
    Ok(program)
}
