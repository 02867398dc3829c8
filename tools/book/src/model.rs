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
//!
//! `NAME.txt` beside a harness says which faults it must find: see [`cases`].

mod cases;

use std::ffi::OsStr;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};

pub use self::cases::{Case, cases};
use crate::compile::{self, Made};
use crate::listings::Listing;
use crate::memory::{self, Stamp};
use crate::run::{self, Done};
use crate::shelf::Shelf;
use crate::variation::changed;

/// How the names of harnesses end whose schedules are chosen by a library.
const SCHEDULERS: [&str; 2] = [".shuttle", ".loom"];

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

impl Case {
    /// Demands that the harness finds nothing, or the fault that was put in.
    ///
    /// The schedules of shuttle and of loom are the same in every run, and a
    /// harness of `tests/soundness` leaves nothing to luck although its runs
    /// differ: a program that has been found correct is not run again. Of the
    /// others, no run is like another.
    ///
    /// # Errors
    ///
    /// Those of [`Case::done`], when a harness finds something in its listing, and
    /// when it does not find a fault or says something else of it.
    pub fn test(&self, shelf: &Shelf) -> Result<()> {
        for way in &self.ways {
            let program = self.build(shelf, *way)?;
            let test = || self.judge(*way, &self.run(shelf, *way, &program)?);
            let by_luck =
                !SCHEDULERS.iter().any(|by| self.harness.ends_with(by));
            if *way == Way::Model && by_luck {
                test()?;
                continue;
            }
            let memory = shelf.build.profile_dir.join("harnesses-as-expected");
            // The file's name tells the faults, its time what it was made of.
            let facts = (Stamp::of(&program)?, format!("{way:?}"), &self.finds);
            memory::once(&memory, &self.harness, &facts, test)?;
        }
        Ok(())
    }

    /// What the harness does, built and run in the first of its ways.
    ///
    /// # Errors
    ///
    /// When there is no such listing, when the change does not fit it, when the
    /// whole does not compile, and when it cannot be run.
    pub fn done(&self, shelf: &Shelf) -> Result<Done> {
        let way = self.ways[0];
        self.run(shelf, way, &self.build(shelf, way)?)
    }

    /// The listing that the harness tests.
    ///
    /// # Errors
    ///
    /// When there is none of this name.
    pub fn listing<'a>(&self, shelf: &'a Shelf) -> Result<&'a Listing> {
        // `NAME.shuttle` and `NAME.loom` are harnesses of `NAME`.
        let name = self.harness.split('.').next().unwrap_or_default();
        let listing = shelf.workspace.listing(name);
        listing.with_context(|| format!("no listing is called `{name}`"))
    }

    fn judge(&self, way: Way, done: &Done) -> Result<()> {
        let Done { exit, stderr, .. } = done;
        let name = &self.name;
        let Some(why) = &self.finds else {
            ensure!(*exit == 0, "{name}, {way:?}: {stderr}");
            return Ok(());
        };
        ensure!(*exit != 0, "{name}, {way:?}: it does not find the fault");
        let says = stderr.contains(why.as_str());
        ensure!(says, "{name}, {way:?}: no `{why}` in: {stderr}");
        Ok(())
    }

    fn run(&self, shelf: &Shelf, way: Way, program: &Path) -> Result<Done> {
        let root = &shelf.workspace.root;
        let silent = OsStr::new("1");
        match way {
            Way::OneCore => run::on_one_core(program, root),
            _ => {
                let variables = [("SHUTTLE_SILENCE_WARNINGS", silent)];
                run::run(program, &[], root, &variables)
            }
        }
    }

    /// The program that runs the harness on the listing with its changes.
    fn build(&self, shelf: &Shelf, way: Way) -> Result<PathBuf> {
        let listing = self.listing(shelf)?;
        let section = listing.section.as_str();
        let (folder, package, args): (_, _, &[&str]) = match way {
            // In several units, optimising takes twice as long.
            Way::Model => (
                "models",
                env!("CARGO_PKG_NAME"),
                &["-Copt-level=1", "-Ccodegen-units=1"],
            ),
            Way::Release => {
                ("soundness", section, &["-O", "-Ccodegen-units=1"])
            }
            Way::Debug | Way::OneCore => ("soundness", section, &[]),
        };
        let file = listing.source.display();
        let mut source = listing.text.clone();
        for change in &self.changes {
            source = changed(&source, change).with_context(|| {
                format!("{}: its change does not fit {file}", self.name)
            })?;
        }
        let path = format!("tests/{folder}/{}.rs", self.harness);
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
        (&self.changes, args).hash(&mut hasher);
        let program = Made {
            folder,
            name: &format!("{}-{:x}", self.harness, hasher.finish()),
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
}
