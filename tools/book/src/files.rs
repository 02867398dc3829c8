//! The files of the book: how their names end, and how they are written.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// How the names of a listing and of the files beside it end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// A program in Rust.
    Rust,
    /// A program in C++.
    Cpp,
    /// A program in C.
    C,
    /// An assistant's answer.
    Markdown,
    /// What it prints.
    Stdout,
    /// What it, or the compiler, writes to standard error.
    Stderr,
    /// What turns it into another listing.
    Diff,
    /// A recording: what its tasks or threads did.
    Trace,
    /// The drawing of the recording.
    Lanes,
    /// A measurement: what it printed, when and where.
    Data,
    /// The drawing of the measurement.
    Plot,
}

impl End {
    /// Each, in the order of their numbers, with its text.
    const TEXTS: [(End, &str); 11] = [
        (End::Rust, "rs"),
        (End::Cpp, "cpp"),
        (End::C, "c"),
        (End::Markdown, "md"),
        (End::Stdout, "stdout"),
        (End::Stderr, "stderr"),
        (End::Diff, "diff"),
        (End::Trace, "trace"),
        (End::Lanes, "figure.html"),
        (End::Data, "data"),
        (End::Plot, "plot.html"),
    ];

    /// What follows the name and a dot.
    pub fn text(self) -> &'static str {
        End::TEXTS[self as usize].1
    }

    /// The end of this name, if it is one.
    pub fn of(path: &Path) -> Option<End> {
        let name = file_name(path);
        let (_, end) = name.split_once('.')?;
        // Of a further run: `NAME.RUN.stdout`.
        let fits = |text: &str| {
            let rest = end.strip_suffix(text);
            rest.is_some_and(|r| r.is_empty() || r.ends_with('.'))
        };
        let known = End::TEXTS.iter().find(|(_, text)| fits(text));
        known.map(|(end, _)| *end)
    }

    /// The file with this end beside a listing.
    pub fn beside(self, source: &Path) -> PathBuf {
        source.with_extension(self.text())
    }
}

/// The last component of a path, as text.
pub fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The files and folders in `dir`, sorted; none if there is no such folder.
///
/// # Errors
///
/// When the folder cannot be listed.
pub fn children(dir: &Path) -> Result<Vec<PathBuf>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let list = || -> io::Result<Vec<PathBuf>> {
        fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut paths =
        list().with_context(|| format!("cannot list {}", dir.display()))?;
    paths.sort();
    Ok(paths)
}

/// Every file below `dir`, sorted.
///
/// # Errors
///
/// When a folder cannot be listed.
pub fn below(dir: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for path in children(dir)? {
        match path.is_dir() {
            true => files.extend(below(&path)?),
            false => files.push(path),
        }
    }
    Ok(files)
}

/// Writes a file whole or not at all.
///
/// # Errors
///
/// When it cannot be written.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, text)
        .and_then(|()| fs::rename(&new, path))
        .with_context(|| format!("cannot write {}", path.display()))
}
