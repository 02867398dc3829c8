//! Variations: what becomes of a listing when a reader changes some of its lines.
//!
//! `NAME.WORD.diff` beside a listing is the change, `NAME.WORD.stdout` and
//! `NAME.WORD.stderr` are what the changed program prints. The change stands in
//! the page as it is written: a line begins with a space, `-` or `+`, and `@@`
//! stands between two hunks. The old lines of a hunk stand exactly once in the
//! listing, so that a listing that moves on cannot leave its variation behind.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::compile::{self, Made, Verdict};
use crate::files::End;
use crate::listings::{Beside, Listing, reason};
use crate::run::{self, Done};
use crate::shelf::Shelf;

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

/// A text with the lines that a change replaces.
///
/// # Errors
///
/// When it is no change, or does not fit the text.
pub fn changed(program: &str, diff: &str) -> Result<String> {
    let mut lines: Vec<&str> = program.lines().collect();
    for hunk in hunks(diff)? {
        let side = |sign: char| -> Vec<&str> {
            let rows = hunk.iter().filter(|(s, _)| [' ', sign].contains(s));
            rows.map(|(_, text)| *text).collect()
        };
        let (old, new) = (side('-'), side('+'));
        let places = places(&lines, &old);
        let [at] = places[..] else {
            let numbers: Vec<String> =
                places.iter().map(|at| (at + 1).to_string()).collect();
            let lines = old.join("\n");
            match numbers.as_slice() {
                [] => bail!(
                    "these lines do not stand in the listing; write them as \
                     they are there:\n{lines}"
                ),
                numbers => bail!(
                    "these lines stand {} times in the listing, from line {} \
                     on; add lines around them that begin with a space until \
                     they stand there once:\n{lines}",
                    numbers.len(),
                    numbers.join(" and ")
                ),
            }
        };
        lines.splice(at..at + old.len(), new);
    }
    Ok(lines.join("\n") + "\n")
}

/// A change with its hunks in the order in which a reader of the program comes by
/// the lines that they replace.
///
/// # Errors
///
/// When it is no change, or a hunk replaces lines of another.
pub fn in_order(program: &str, diff: &str) -> Result<String> {
    let lines: Vec<&str> = program.lines().collect();
    let texts = diff.split_inclusive('\n');
    let mut parts = vec![String::new()];
    for line in texts {
        match line.starts_with("@@") {
            true => parts.push(String::new()),
            false => parts.last_mut().context("a hunk")?.push_str(line),
        }
    }
    let head = parts[0].is_empty();
    parts.retain(|part| !part.is_empty());
    let mut placed = Vec::new();
    for (part, hunk) in parts.iter().zip(hunks(diff)?) {
        let rows = hunk.iter().filter(|(sign, _)| *sign != '+');
        let old: Vec<&str> = rows.map(|(_, text)| *text).collect();
        let [at] = places(&lines, &old)[..] else {
            bail!("a hunk replaces lines of another; make one of the two");
        };
        placed.push((at, part.as_str()));
    }
    placed.sort_by_key(|(at, _)| *at);
    let parts: Vec<&str> = placed.into_iter().map(|(_, part)| part).collect();
    let head = if head { "@@\n" } else { "" };
    Ok(head.to_owned() + &parts.join("@@\n"))
}

/// Where these lines stand in a program, from 0.
fn places(program: &[&str], lines: &[&str]) -> Vec<usize> {
    let fits = |at: &usize| {
        let there = program[*at..].iter().zip(lines);
        there.filter(|(a, b)| a.trim_end() == b.trim_end()).count()
            == lines.len()
    };
    (0..program.len()).filter(fits).collect()
}

/// The hunks of a change: its lines with their signs.
fn hunks(diff: &str) -> Result<Vec<Vec<(char, &str)>>> {
    let mut hunks = vec![Vec::new()];
    for (number, line) in diff.lines().enumerate() {
        let mut rest = line.chars();
        match rest.next() {
            _ if line.starts_with("@@") => hunks.push(Vec::new()),
            // Editors take the space from an empty line.
            None => hunks.last_mut().context("a hunk")?.push((' ', "")),
            Some(sign @ (' ' | '-' | '+')) => {
                let row = (sign, rest.as_str());
                hunks.last_mut().context("a hunk")?.push(row);
            }
            Some(other) => bail!(
                "line {} begins with {other:?}; a line begins with a space, - \
                 or +, and @@ stands between hunks",
                number + 1
            ),
        }
    }
    hunks.retain(|hunk| !hunk.is_empty());
    for hunk in &hunks {
        if hunk.iter().all(|(sign, _)| *sign == ' ') {
            bail!("a hunk changes nothing");
        }
        if hunk.iter().all(|(sign, _)| *sign == '+') {
            bail!("a hunk says not where its lines go; add one around them");
        }
    }
    if hunks.is_empty() {
        bail!("it is empty");
    }
    Ok(hunks)
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

#[cfg(test)]
mod tests {
    use super::{changed, in_order};

    const PROGRAM: &str = "a\nb\na\nc\n";

    fn said(diff: &str) -> String {
        let error = changed(PROGRAM, diff).expect_err("it does not fit");
        error.to_string()
    }

    #[test]
    fn lines_are_replaced_taken_out_and_put_in() {
        let made = |diff| changed(PROGRAM, diff).expect("it fits");
        assert_eq!(made("-b\n+d\n"), "a\nd\na\nc\n");
        assert_eq!(made(" b\n-a\n"), "a\nb\nc\n");
        assert_eq!(made("@@\n+x\n b\n@@\n c\n+y\n"), "a\nx\nb\na\nc\ny\n");
    }

    #[test]
    fn hunks_are_put_in_the_order_of_the_program() {
        let made = |diff| in_order(PROGRAM, diff).expect("it fits");
        assert_eq!(made("-c\n+d\n@@\n-b\n"), "-b\n@@\n-c\n+d\n");
        assert_eq!(made("@@\n-c\n@@\n-b\n"), "@@\n-b\n@@\n-c\n");
        assert_eq!(made("-b\n@@\n-c\n"), "-b\n@@\n-c\n");
        let error = in_order(PROGRAM, "-b\n+d\n@@\n-d\n");
        let error = error.expect_err("the second replaces the first's line");
        assert!(error.to_string().contains("of another"), "{error}");
    }

    #[test]
    fn a_change_that_does_not_fit_says_what_to_do() {
        assert!(said("-a\n").contains("2 times"), "{}", said("-a\n"));
        assert!(said("-a\n").contains("line 1 and 3"));
        assert!(said("-d\n").contains("do not stand in the listing"));
        assert!(said("d\n").contains("line 1 begins with 'd'"));
        assert!(said(" a\n").contains("changes nothing"));
        assert!(said("+a\n").contains("not where"));
        assert!(said("").contains("empty"));
    }
}
