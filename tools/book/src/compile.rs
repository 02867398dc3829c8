//! Calling the compiler, with the crates that cargo has already built.
//!
//! A listing that must not compile is compiled as it is; one that is recorded,
//! and one that is tested with a harness, from a text made of it. Cargo would
//! build the crates of each once more.

use std::env;
use std::fs;
use std::hash::Hash;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use anyhow::{Context, Result, anyhow, bail};
use regex::Regex;

use crate::build::Build;
use crate::listings::Listing;
use crate::memory::{self, Stamp};

/// What rustc says about a broken listing.
#[derive(Debug)]
pub struct Verdict {
    /// Whether it compiled after all.
    pub compiled: bool,
    /// The diagnostics as a reader sees them, without this machine's paths.
    pub stderr: String,
}

/// A program that is made of the text of a listing.
#[derive(Debug)]
pub struct Made<'a> {
    /// The folder of the profile in which such programs stand.
    pub folder: &'a str,
    /// Its name there; one program of each name is kept.
    pub name: &'a str,
    /// The name of the crate, which a program can tell its reader.
    pub crate_name: &'a str,
    /// The whole text.
    pub text: &'a str,
    /// Its edition, such as `2024`.
    pub edition: &'a str,
    /// The package whose dependencies it may use.
    pub package: &'a str,
    /// What it gets under a name of a crate in the place of that crate: each
    /// name with that of a library.
    pub instead: &'a [(&'a str, &'a str)],
    /// The file, relative to the root, that panics and diagnostics name.
    pub shown_as: Option<&'a Path>,
    /// Further arguments for rustc.
    pub args: &'a [&'a str],
}

/// The compiler, or a `tool` that takes its arguments, such as `clippy-driver`, for
/// a program that may use what `package` depends on.
///
/// # Errors
///
/// When it cannot be found, or the dependencies of the package are not built.
pub fn tool(build: &Build, tool: &str, package: &str) -> Result<Command> {
    let mut command = called(build, tool, package, &[])?;
    if let Some(copy) = without_sources(sysroot()?, &build.profile_dir)? {
        command.arg("--sysroot").arg(copy);
    }
    Ok(command)
}

/// The compiler, for a program that may use what `package` depends on.
fn rustc(
    build: &Build,
    package: &str,
    instead: &[(&str, &str)],
) -> Result<Command> {
    let mut command = called(build, "rustc", package, instead)?;
    command.arg("--crate-type=bin");
    Ok(command)
}

fn called(
    build: &Build,
    tool: &str,
    package: &str,
    instead: &[(&str, &str)],
) -> Result<Command> {
    // The compiler itself: `rustc` on the path is rustup, which would look for
    // the toolchain again in each of many calls.
    let mut command = Command::new(sysroot()?.join("bin").join(tool));
    command
        .current_dir(&build.root)
        .args(["--color=never", "-L"])
        .arg(build.profile_dir.join("deps"));
    for library in build.externs(package)? {
        if !instead.iter().any(|(name, _)| *name == library.name) {
            let path = library.path.display();
            command.arg(format!("--extern={}={path}", library.name));
        }
    }
    for (name, library) in instead {
        let path = build.library(library)?.display();
        command.arg(format!("--extern={name}={path}"));
    }
    Ok(command)
}

/// Builds a program from a text, unless it is there, with the same text and the
/// same libraries.
///
/// # Errors
///
/// When it does not compile, with what rustc says.
pub fn made(build: &Build, program: &Made<'_>) -> Result<PathBuf> {
    made_or_not(build, program)?
        .map_err(|verdict| anyhow!("{}:\n{}", program.name, verdict.stderr))
}

/// As [`made`], for a program that need not compile.
///
/// # Errors
///
/// When rustc cannot be run, or the dependencies of the package are not built.
pub fn made_or_not(
    build: &Build,
    program: &Made<'_>,
) -> Result<Result<PathBuf, Verdict>> {
    let folder = build.profile_dir.join(program.folder);
    let facts = (
        program.text,
        program.args,
        program.edition,
        program.shown_as,
        build.stamps()?,
        compiler()?,
    );
    let mut refused = None;
    let made = memory::made(&folder, program.name, &facts, |new| {
        // Not the name of a crate: that cannot begin with a digit or a dash.
        let source = new.with_extension("rs");
        fs::write(&source, program.text)?;
        let mut rustc = rustc(build, program.package, program.instead)?;
        if let Some(shown) = program.shown_as {
            let mut map = source.clone().into_os_string();
            map.push("=");
            map.push(shown);
            rustc.arg("--remap-path-prefix").arg(map);
        }
        if let Some(copy) = without_sources(sysroot()?, &build.profile_dir)? {
            rustc.arg("--sysroot").arg(copy);
        }
        let output = rustc
            .arg(format!("--edition={}", program.edition))
            .arg(format!("--crate-name={}", program.crate_name))
            // Hundreds of programs are kept; nobody debugs them.
            .arg("-Cstrip=debuginfo")
            .args(program.args)
            .arg(&source)
            .arg("-o")
            .arg(new)
            .output()
            .context("cannot run rustc")?;
        fs::remove_file(&source)?;
        if !output.status.success() {
            let stderr = String::from_utf8_lossy(&output.stderr);
            let said = normal(&stderr, &build.source_folders()?);
            refused = Some(said.clone());
            bail!(said);
        }
        Ok(())
    });
    match (made, refused) {
        (_, Some(stderr)) => Ok(Err(Verdict {
            compiled: false,
            stderr,
        })),
        (made, None) => Ok(Ok(made?)),
    }
}

/// Compiles a listing with the crates that its section's manifest names.
///
/// # Errors
///
/// When rustc cannot be run, or the section's dependencies are not built.
pub fn compile(build: &Build, listing: &Listing) -> Result<Verdict> {
    let out_dir = build.profile_dir.join("broken-listings");
    fs::create_dir_all(&out_dir)?;
    let mut command = rustc(build, &listing.section, &[])?;
    command
        .arg(format!("--edition={}", listing.edition()))
        .arg("--emit=metadata")
        .arg("--out-dir")
        .arg(out_dir);
    if let Some(copy) = without_sources(sysroot()?, &build.profile_dir)? {
        command.arg("--sysroot").arg(copy);
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
pub fn facts(build: &Build, listing: &Listing) -> Result<impl Hash + use<>> {
    let manifest = Path::new("listings").join(&listing.section);
    let files = [
        manifest.join("Cargo.toml"),
        "Cargo.toml".into(),
        "Cargo.lock".into(),
    ]
    .map(|file| fs::read_to_string(build.root.join(file)).ok());
    Ok((
        listing.source.clone(),
        listing.text.clone(),
        files,
        build.stamps()?,
        compiler()?,
    ))
}

/// What tells one compiler from another.
///
/// # Errors
///
/// When it cannot be found.
pub fn compiler() -> Result<impl Hash + use<>> {
    let sysroot = sysroot()?;
    // Such as RUSTC_BOOTSTRAP.
    let mut variables: Vec<_> = env::vars_os()
        .filter(|(name, _)| name.to_string_lossy().starts_with("RUSTC"))
        .collect();
    variables.sort();
    Ok((
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
