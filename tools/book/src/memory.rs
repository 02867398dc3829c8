//! What has been found correct, or built, and need not be done again.
//!
//! What decides an outcome are its facts: texts, compiler, libraries. A file
//! whose name tells the facts says that it is done. Only what depends on
//! nothing but known files is remembered, such as what a compiler says. That
//! something failed is never remembered.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::SystemTime;

use anyhow::{Context, Result};

use crate::files::{children, file_name};

/// A file as it is now, without reading it: cargo, too, goes by its time.
#[derive(Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
pub struct Stamp(PathBuf, u64, SystemTime);

impl Stamp {
    /// The stamp of the file at `path`.
    ///
    /// # Errors
    ///
    /// When there is no such file.
    pub fn of(path: &Path) -> io::Result<Stamp> {
        let meta = fs::metadata(path)?;
        Ok(Stamp(path.to_owned(), meta.len(), meta.modified()?))
    }
}

/// Tests unless the test succeeded before, with the same `facts` and the same
/// program that tests. What it found is kept in `folder`, under `name`.
///
/// # Errors
///
/// Those of the test, and when this program cannot be found.
pub fn once(
    folder: &Path,
    name: &str,
    facts: &impl Hash,
    test: impl FnOnce() -> Result<()>,
) -> Result<()> {
    // A test that has become stricter has not succeeded yet.
    let program = env::current_exe()
        .and_then(|program| Stamp::of(&program))
        .context("this program cannot be found")?;
    unless_done(&file(folder, name, &(facts, program)), test)
}

/// Tests unless `done` is there, which says that the test succeeded before.
///
/// # Errors
///
/// Those of the test.
pub fn unless_done(
    done: &Path,
    test: impl FnOnce() -> Result<()>,
) -> Result<()> {
    if done.exists() {
        return Ok(());
    }
    test()?;
    // Without the file, the next run tests again.
    let _ = fs::create_dir_all(done.with_file_name(""));
    let _ = fs::write(done, "");
    Ok(())
}

/// The file in `folder` that stands for these facts, whether it is there or not.
pub fn file(folder: &Path, name: &str, facts: &impl Hash) -> PathBuf {
    let mut hasher = DefaultHasher::new();
    facts.hash(&mut hasher);
    folder.join(format!("{name}-{:016x}", hasher.finish()))
}

/// The file in `folder` that `make` makes of `facts`, which it need not do
/// again. Older ones of that name go.
///
/// # Errors
///
/// Those of `make`, and when the folder cannot be written.
pub fn made(
    folder: &Path,
    name: &str,
    facts: &impl Hash,
    make: impl FnOnce(&Path) -> Result<()>,
) -> Result<PathBuf> {
    static NUMBER: AtomicUsize = AtomicUsize::new(0);
    let file = file(folder, name, facts);
    if file.exists() {
        return Ok(file);
    }
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    // What is interrupted must not leave something that looks whole, and two
    // threads may make the same.
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let new = folder.join(format!("new-{}-{number}", process::id()));
    make(&new)?;
    for old in children(folder)? {
        let of_name = file_name(&old)
            .strip_prefix(name)
            .is_some_and(|rest| rest.len() == 17 && rest.starts_with('-'));
        if of_name {
            // Another thread may have been first.
            let _ = fs::remove_file(old);
        }
    }
    fs::rename(&new, &file)
        .with_context(|| format!("cannot write {}", file.display()))?;
    Ok(file)
}
