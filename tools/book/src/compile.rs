//! Compiling a listing that must not compile.

use std::env;
use std::fs;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use regex::Regex;

use crate::build::Build;
use crate::listings::{Listing, Section};
use crate::memory::Stamp;

/// What rustc says about a broken listing.
#[derive(Debug)]
pub struct Verdict {
    /// Whether it compiled after all.
    pub compiled: bool,
    /// The diagnostics as a reader sees them, without this machine's paths.
    pub stderr: String,
}

/// Compiles `listing` with the crates that its section's manifest names.
///
/// It calls rustc and not cargo, because cargo has already built those crates
/// for the listings that do compile; nothing is built a second time.
///
/// # Errors
///
/// When rustc cannot be run, or the section's dependencies are not built.
pub fn compile(
    root: &Path,
    build: &Build,
    section: &Section,
    listing: &Listing,
) -> Result<Verdict> {
    let out_dir = build.profile_dir.join("broken-listings");
    fs::create_dir_all(&out_dir)?;
    let edition = listing.settings.edition.as_deref().unwrap_or("2024");
    let sysroot = sysroot()?;
    // The compiler itself: `rustc` on the path is rustup, which would look for
    // the toolchain again in each of many calls.
    let mut command = Command::new(sysroot.join("bin").join("rustc"));
    command
        .current_dir(root)
        .arg(format!("--edition={edition}"))
        .args(["--crate-type=bin", "--emit=metadata", "--color=never"])
        .arg("--out-dir")
        .arg(out_dir)
        .arg("-L")
        .arg(build.profile_dir.join("deps"));
    if let Some(copy) = without_sources(sysroot, &build.profile_dir)? {
        command.arg("--sysroot").arg(copy);
    }
    for library in build.externs(&section.name)? {
        let path = library.path.display();
        command.arg(format!("--extern={}={path}", library.name));
    }
    let output = command
        .arg(&listing.source)
        .output()
        .context("cannot run rustc")?;
    let stderr = String::from_utf8(output.stderr)?;
    Ok(Verdict {
        compiled: output.status.success(),
        stderr: normal(&stderr, &build.source_folders()?),
    })
}

/// All that decides what [`compile`] says of a listing, as one text or file after
/// another, without asking the compiler.
///
/// # Errors
///
/// When the compiler or a library cannot be found.
pub fn facts(
    root: &Path,
    build: &Build,
    section: &Section,
    listing: &Listing,
) -> Result<impl Hash + use<>> {
    let sysroot = sysroot()?;
    let manifest = section.dir.join("Cargo.toml");
    let files = [
        listing.source.as_path(),
        manifest.as_path(),
        Path::new("Cargo.toml"),
        Path::new("Cargo.lock"),
    ]
    .map(|file| (file.to_owned(), fs::read_to_string(root.join(file)).ok()));
    // Such as RUSTC_BOOTSTRAP.
    let mut variables: Vec<_> = env::vars_os()
        .filter(|(name, _)| name.to_string_lossy().starts_with("RUST"))
        .collect();
    variables.sort();
    Ok((
        files,
        build.stamps()?,
        Stamp::of(&sysroot.join("bin").join("rustc"))?,
        sysroot.join("lib/rustlib/src").exists(),
        variables,
    ))
}

/// Takes out of a diagnostic what depends on the machine: where the sources of
/// crates and of the standard library lie.
fn normal(stderr: &str, source_folders: &[String]) -> String {
    static STD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"/rustc/[0-9a-f]+/library/").expect("correct pattern")
    });
    let mut text = STD.replace_all(stderr, "library/").into_owned();
    for folder in source_folders {
        text = text.replace(folder, "");
    }
    text
}

/// Where the toolchain lies.
fn sysroot() -> Result<&'static Path> {
    static SYSROOT: LazyLock<Option<PathBuf>> = LazyLock::new(|| {
        let mut command = Command::new("rustc");
        let output = command.args(["--print", "sysroot"]).output().ok()?;
        let path = String::from_utf8(output.stdout).ok()?;
        Some(path.trim().into())
    });
    SYSROOT
        .as_deref()
        .context("`rustc --print sysroot` failed; is rustc on the path?")
}

/// A copy of the sysroot that lacks the standard library's sources, if the
/// real one has them.
///
/// Where the component `rust-src` is installed, rustc quotes those sources in
/// its diagnostics; where it is not, it cannot. The pages show the shorter
/// text, so with `rust-src` the compiler gets a sysroot of links that leaves
/// the sources out.
fn without_sources(
    sysroot: &Path,
    profile_dir: &Path,
) -> Result<Option<PathBuf>> {
    let real = sysroot.join("lib/rustlib");
    if !real.join("src").exists() {
        return Ok(None);
    }
    let copy = profile_dir.join("sysroot-without-sources");
    let rustlib = copy.join("lib/rustlib");
    fs::create_dir_all(&rustlib)?;
    for entry in fs::read_dir(&real)? {
        let entry = entry?;
        let link = rustlib.join(entry.file_name());
        if entry.file_name() == "src" || link.symlink_metadata().is_ok() {
            continue;
        }
        #[cfg(unix)]
        match std::os::unix::fs::symlink(entry.path(), &link) {
            // Another test of this run was first.
            Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {}
            other => other?,
        }
    }
    Ok(Some(copy))
}
