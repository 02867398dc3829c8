//! Variations: what becomes of a listing when a reader changes some of its lines.
//!
//! `NAME.WORD.diff` beside a listing is the [change](change), `NAME.WORD.stdout`
//! and `NAME.WORD.stderr` are what the changed program prints.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result};
use serde::Deserialize;

use crate::compile::{self, Made, Verdict};
use crate::files::End;
use crate::listings::{Beside, Listing, reason};
use crate::run::{self, Done};
use crate::shelf::Shelf;

mod change;

pub use change::{changed, in_order};

/// How long a variation that is declared to hang is watched. What ends by itself
/// takes some milliseconds.
pub(crate) const WATCH: Duration = Duration::from_secs(2);

/// `[package.metadata.listings.NAME.whatif.WORD]`: where a variation departs
/// from the rule that it compiles, succeeds, and prints the same every time.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct WhatIf {
    /// The exit status, by default 0; 128 plus the number for a signal.
    pub exit: i32,
    /// It never ends; what it prints until then is kept.
    pub hangs: bool,
    /// It does not compile; what rustc says is kept as its standard error.
    pub broken: bool,
    /// Why `[..]` in what it prints stands for what differs from run to run.
    #[serde(deserialize_with = "reason")]
    pub varies: Option<String>,
}

/// A change to a listing, and what comes of it.
#[derive(Clone, Debug)]
pub struct Variation<'a> {
    /// What is changed.
    pub listing: &'a Listing,
    /// What tells it from the listing's other variations.
    pub word: String,
    /// The file with the change.
    pub diff: &'a Beside,
    /// What the manifest declares about it.
    pub settings: WhatIf,
}

impl Listing {
    /// The variations of the listing, by word.
    pub fn variations(&self) -> impl Iterator<Item = Variation<'_>> {
        self.beside.iter().filter_map(|diff| {
            let word = word(&self.name, diff)?;
            let settings = self.settings.whatif.get(&word);
            Some(Variation {
                listing: self,
                settings: settings.cloned().unwrap_or_default(),
                word,
                diff,
            })
        })
    }

    /// The variation that bears this word.
    pub fn variation(&self, word: &str) -> Option<Variation<'_>> {
        self.variations().find(|variation| variation.word == word)
    }
}

/// The word of a variation, if the file is one: `NAME.WORD.diff`.
fn word(name: &str, file: &Beside) -> Option<String> {
    let stem = file.path.file_stem()?.to_str()?;
    let word = stem.strip_prefix(name)?.strip_prefix('.')?;
    (file.end == End::Diff).then(|| word.to_owned())
}

impl Variation<'_> {
    /// `NAME.WORD`: the name of its test and of its anchor.
    pub fn name(&self) -> String {
        format!("{}.{}", self.listing.name, self.word)
    }

    /// The command that makes the change and runs the program.
    pub fn command(&self) -> String {
        format!("cargo try {} {}", self.listing.name, self.word)
    }

    /// Where what it prints is kept, relative to the root.
    pub fn file(&self, end: End) -> PathBuf {
        self.diff.path.with_extension(end.text())
    }

    /// What is kept of what it prints.
    pub fn kept(&self, end: End) -> Option<&str> {
        self.listing.text_of(&self.file(end))
    }

    /// The changed program.
    ///
    /// # Errors
    ///
    /// When the change does not fit the listing, with what an author does then.
    pub fn program(&self) -> Result<String> {
        changed(&self.listing.text, &self.diff.text).with_context(|| {
            let diff = self.diff.path.display();
            format!("{diff} does not fit {}", self.listing.source.display())
        })
    }

    /// Builds the changed program and runs it.
    ///
    /// # Errors
    ///
    /// When the change does not fit the listing, or nothing can be run.
    pub fn outcome(&self, shelf: &Shelf) -> Result<Outcome> {
        let text = self.program()?;
        let source = &self.listing.source;
        let made = Made {
            folder: "variations",
            name: &self.name(),
            crate_name: &self.listing.name,
            edition: self.listing.edition(),
            text: &text,
            package: &self.listing.section,
            instead: &[],
            shown_as: Some(source),
            args: &[],
        };
        let program = match compile::made_or_not(&shelf.build, &made)? {
            Ok(program) => program,
            Err(verdict) => return Ok(Outcome::Broken(verdict)),
        };
        let root = &shelf.workspace.root;
        let args = &self.listing.settings.args;
        let limit = if self.settings.hangs {
            WATCH
        } else {
            run::LIMIT
        };
        let mut done = run::within(limit, &program, args, root, &[])?;
        let hangs = done.hangs;
        if hangs {
            // Killed by the watchdog, which says so.
            done.exit = 0;
            done.stderr.push_str(&format!(
                "(still running after {} seconds)\n",
                limit.as_secs()
            ));
        }
        Ok(Outcome::Ran { done, hangs })
    }
}

/// What comes of a variation.
#[derive(Debug)]
pub enum Outcome {
    /// It does not compile.
    Broken(Verdict),
    /// It runs.
    Ran {
        /// What it did.
        done: Done,
        /// Whether it was still running when its time was up.
        hangs: bool,
    },
}

/// The changes of the variations that a manifest declares and that are not there.
pub(crate) fn undeclared(listing: &Listing) -> Vec<PathBuf> {
    let words = listing.settings.whatif.keys();
    words
        .filter(|word| listing.variation(word).is_none())
        .map(|word| {
            let file = format!("{}.{word}.diff", listing.name);
            listing.source.with_file_name(file)
        })
        .collect()
}
