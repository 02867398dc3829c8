//! All that a test of the listings needs, read and built once.

use std::env::consts::OS;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result, anyhow};

use crate::build::Build;
use crate::cpp;
use crate::fault;
use crate::listings::{Kind, Listing, Workspace, root_of_the_book};
use crate::run::{self, Done};

/// The listings, and what cargo has built of them.
#[derive(Debug)]
pub struct Shelf {
    /// The listings.
    pub workspace: Workspace,
    /// The programs and the crates they use.
    pub build: Build,
    /// Whether what a program prints now takes the place of what is kept.
    pub overwrite: bool,
}

impl Shelf {
    /// Reads and builds the book below `root`, without the listings for which a
    /// feature must be enabled, or with them.
    ///
    /// # Errors
    ///
    /// When an example does not compile.
    pub fn of(root: &Path, complete: bool) -> Result<Shelf> {
        let workspace = Workspace::load(root);
        let features: Vec<&str> = workspace
            .listings()
            .filter(|_| complete)
            .flat_map(|listing| &listing.features)
            .map(String::as_str)
            .collect();
        Ok(Shelf {
            build: Build::of(root, &features)?,
            workspace,
            overwrite: false,
        })
    }

    /// The book this crate belongs to.
    ///
    /// The tests of a process share it: to ask cargo once more costs as much as
    /// most of them.
    ///
    /// # Errors
    ///
    /// As [`Shelf::of`].
    pub fn of_the_book(complete: bool) -> Result<&'static Shelf> {
        static SHELF: LazyLock<Result<Shelf>> = LazyLock::new(|| load(false));
        static COMPLETE: LazyLock<Result<Shelf>> = LazyLock::new(|| load(true));
        let shelf = if complete { &COMPLETE } else { &SHELF };
        shelf.as_ref().map_err(|error| anyhow!("{error:#}"))
    }

    /// Runs a listing as it has been built.
    ///
    /// # Errors
    ///
    /// When it is not built, or cannot be run.
    pub fn run(&self, listing: &Listing, args: &[String]) -> Result<Done> {
        let root = &self.workspace.root;
        if listing.kind == Kind::Cpp {
            let program = cpp::build(root, listing, &self.build.profile_dir)?;
            let mut done = run::run(&program, args, root, &[])?;
            done.stderr = cpp::essence(&done.stderr);
            return Ok(done);
        }
        let source = root.join(&listing.source).canonicalize()?;
        let program = self.build.programs.get(&source).with_context(|| {
            format!(
                "cargo has not built {}; does the manifest rename it?",
                listing.source.display()
            )
        })?;
        run::run(program, args, root, &[])
    }

    /// Why a listing cannot run on this machine now, if it cannot: its language
    /// or a library is not installed, or a feature is not enabled.
    ///
    /// # Errors
    ///
    /// When the program does not say how it is built.
    pub fn lacks(&self, listing: &Listing) -> Result<Option<String>> {
        let root = &self.workspace.root;
        if let Some(reason) = self.elsewhere(listing) {
            return Ok(Some(reason));
        }
        if listing.kind == Kind::Cpp {
            return cpp::lacks(root, listing, &self.build.profile_dir);
        }
        let source = root.join(&listing.source).canonicalize()?;
        let off = !listing.features.is_empty()
            && !self.build.programs.contains_key(&source);
        let features = listing.features.join(", ");
        Ok(off
            .then(|| format!("the feature {features} is off unless asked for")))
    }

    /// Why a listing does not run on this system, if it does not.
    pub fn elsewhere(&self, listing: &Listing) -> Option<String> {
        let only = listing.settings.only.as_deref()?;
        (only != OS).then(|| format!("it runs on {only} alone"))
    }
}

fn load(complete: bool) -> Result<Shelf> {
    Ok(Shelf {
        overwrite: fault::overwrites(),
        ..Shelf::of(&root_of_the_book(), complete)?
    })
}
