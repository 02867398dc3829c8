//! All that a test of the listings needs, read and built once.

use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Result, anyhow};

use crate::build::Build;
use crate::listings::Workspace;

/// The listings, and what cargo has built of them.
#[derive(Debug)]
pub struct Shelf {
    /// The listings.
    pub workspace: Workspace,
    /// The programs and the crates they use.
    pub build: Build,
}

impl Shelf {
    /// Reads and builds the book below `root`.
    ///
    /// # Errors
    ///
    /// When a manifest is faulty, or an example does not compile.
    pub fn of(root: &Path) -> Result<Shelf> {
        Ok(Shelf {
            workspace: Workspace::load(root)?,
            build: Build::of(root, &[])?,
        })
    }

    /// As [`Shelf::of`], with the listings for which a feature must be enabled.
    ///
    /// # Errors
    ///
    /// As [`Shelf::of`].
    pub fn complete(root: &Path) -> Result<Shelf> {
        let workspace = Workspace::load(root)?;
        let features: Vec<&str> = workspace
            .listings()
            .flat_map(|listing| &listing.features)
            .map(String::as_str)
            .collect();
        let build = Build::of(root, &features)?;
        Ok(Shelf { workspace, build })
    }

    /// The book this crate belongs to.
    ///
    /// The tests of a process share it: to ask cargo once more costs as much as
    /// most of them.
    ///
    /// # Errors
    ///
    /// As [`Shelf::of`].
    pub fn of_the_book() -> Result<&'static Shelf> {
        static SHELF: LazyLock<Result<Shelf>> =
            LazyLock::new(|| Shelf::of(&crate::listings::root_of_the_book()));
        SHELF.as_ref().map_err(|error| anyhow!("{error:#}"))
    }
}
