//! What is wrong with the book, where, and how it is mended.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::files::replace;

/// The command that mends what a rule can mend by itself.
pub const ACCEPT: &str = "SNAPSHOTS=overwrite cargo test --test pages";

/// Something that is wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The file, with the line where it is known: `src/page.md:12`.
    pub at: String,
    /// What is wrong there.
    pub what: String,
    /// What an author does about it; empty where `what` says it.
    pub mend: String,
    /// What the overwrite mode does about it, where the rule knows.
    pub edit: Option<Box<Edit>>,
}

/// One text of a file, and what takes its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edit {
    /// The file, relative to the root.
    pub file: PathBuf,
    /// The line in which, or below which, the old text begins, from 1.
    pub line: usize,
    /// What is replaced; without it, the new text goes in before the line.
    pub old: String,
    /// What takes its place.
    pub new: String,
}

impl Fault {
    /// A fault that nobody can mend but an author.
    pub fn new(
        at: impl Display,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) -> Fault {
        Fault {
            at: at.to_string(),
            what: what.into(),
            mend: mend.into(),
            edit: None,
        }
    }

    /// The same fault, which the overwrite mode mends.
    pub fn or_write(self, edit: Edit) -> Fault {
        Fault {
            edit: Some(Box::new(edit)),
            ..self
        }
    }
}

/// What an author reads of these faults, each with the name of its rule. What
/// mends several in a row is said once, below the last of them.
pub fn said(faults: &[(&str, Fault)]) -> String {
    let mend = |fault: &Fault| {
        let mend = match fault.mend.as_str() {
            "" => String::new(),
            mend => format!("  mend     {mend}\n"),
        };
        match fault.edit {
            Some(_) => mend + &format!("  accept   {ACCEPT}\n"),
            None => mend,
        }
    };
    let alike = faults.chunk_by(|(_, a), (_, b)| mend(a) == mend(b));
    let said = alike.map(|faults| {
        let what = faults.iter().map(|(rule, fault)| {
            format!("[{rule}] {}: {}\n", fault.at, fault.what)
        });
        what.collect::<String>() + &mend(&faults[0].1)
    });
    said.collect()
}

/// Whether what is found is to be written into the files of the book.
///
/// Only this word is known: snapbox's own variable would let "ignore" and
/// "skip" pass everything.
pub fn overwrites() -> bool {
    std::env::var("SNAPSHOTS").is_ok_and(|action| action == "overwrite")
}

/// Writes the edits of `faults`, all or none, and returns the faults that have
/// none.
///
/// # Errors
///
/// When a file cannot be read or written, or does not hold the old text.
pub fn mend(root: &Path, faults: Vec<Fault>) -> Result<Vec<Fault>> {
    let (mut with, without): (Vec<Fault>, Vec<Fault>) =
        faults.into_iter().partition(|fault| fault.edit.is_some());
    // From below, so that an edit moves no line of one that follows.
    with.sort_by_key(|fault| fault.edit.as_ref().map(|edit| edit.line));
    let mut texts: BTreeMap<PathBuf, String> = BTreeMap::new();
    for edit in with.into_iter().rev().filter_map(|fault| fault.edit) {
        let name = edit.file.display();
        let text = match texts.remove(&edit.file) {
            Some(text) => text,
            None => fs::read_to_string(root.join(&edit.file))
                .with_context(|| format!("cannot read {name}"))?,
        };
        let lines = text.split_inclusive('\n');
        let start: usize = lines.take(edit.line - 1).map(str::len).sum();
        let (before, after) = text.split_at(start);
        let at = after.find(&edit.old).with_context(|| {
            format!("{name}:{} has no {:?}", edit.line, edit.old)
        })?;
        let (kept, old) = after.split_at(at);
        let rest = &old[edit.old.len()..];
        let new = format!("{before}{kept}{}{rest}", edit.new);
        texts.insert(edit.file, new);
    }
    for (file, text) in texts {
        replace(&root.join(file), &text)?;
    }
    Ok(without)
}
