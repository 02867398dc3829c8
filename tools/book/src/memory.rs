//! What has been found correct, and needs no test until something changes.
//!
//! Only for what depends on nothing but known files, as what a compiler says
//! does. That a test failed is never remembered.

use std::env;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

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
    let mut hasher = DefaultHasher::new();
    facts.hash(&mut hasher);
    // A test that has become stricter has not succeeded yet.
    env::current_exe()
        .and_then(|program| Stamp::of(&program))
        .context("this program cannot be found")?
        .hash(&mut hasher);
    let file = folder.join(format!("{name}-{:016x}", hasher.finish()));
    if file.exists() {
        return Ok(());
    }
    test()?;
    // Without the file, the next run tests again.
    let _ = fs::create_dir_all(folder);
    let _ = fs::write(file, "");
    Ok(())
}
