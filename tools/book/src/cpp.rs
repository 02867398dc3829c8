//! Programs in C++ and C, which show what another language makes of a problem.
//!
//! The first line of such a program is the command that builds it. A machine
//! without the compiler or a library that the program includes cannot run it;
//! the tests report that with the reason.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use anyhow::{Context, Result, bail};

use crate::listings::{Listing, file_name};

/// Builds the program below `profile_dir`, or finds it fresh.
///
/// # Errors
///
/// When the program does not say how it is built, or cannot be built.
pub fn build(
    root: &Path,
    listing: &Listing,
    profile_dir: &Path,
) -> Result<PathBuf> {
    let command = command(root, listing)?;
    let folder = folder(profile_dir);
    let program = folder.join(&listing.name);
    if is_fresh(root, listing, &program) {
        return Ok(program);
    }
    fs::create_dir_all(&folder)
        .with_context(|| format!("cannot create {}", folder.display()))?;
    // A compiler that is interrupted must not leave something that looks fresh.
    let unfinished = program.with_extension("new");
    let output = compile(root, listing, &command, &unfinished)?;
    if !output.status.success() {
        bail!(
            "{}: `{command}` fails:\n{}",
            listing.source.display(),
            String::from_utf8_lossy(&output.stderr)
        );
    }
    fs::rename(&unfinished, &program)?;
    Ok(program)
}

/// What this machine lacks to build the program, if it lacks something.
///
/// Asked of the preprocessor: it fails where there is no compiler, where the
/// compiler does not know the standard, and where a header is not installed.
///
/// # Errors
///
/// When the program does not say how it is built.
pub fn lacks(
    root: &Path,
    listing: &Listing,
    profile_dir: &Path,
) -> Result<Option<String>> {
    let command = command(root, listing)?;
    let program = folder(profile_dir).join(&listing.name);
    if is_fresh(root, listing, &program) {
        return Ok(None);
    }
    let preprocess = format!("{command} -E");
    let null = Path::new("/dev/null");
    let Ok(output) = compile(root, listing, &preprocess, null) else {
        return Ok(Some("there is no sh to start the compiler".to_owned()));
    };
    if output.status.success() {
        return Ok(None);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let mut lines = said.lines();
    let reason = lines
        .clone()
        .find(|line| line.contains("error: "))
        .or_else(|| lines.next())
        .unwrap_or("the compiler fails and says nothing");
    Ok(Some(reason.to_owned()))
}

/// What of a standard error is the same in every run: of the report of
/// AddressSanitizer, which is full of addresses, the line that sums it up.
pub fn essence(stderr: &str) -> String {
    match stderr.lines().find(|line| line.starts_with("SUMMARY: ")) {
        Some(line) => format!("{line}\n"),
        None => stderr.to_owned(),
    }
}

/// The command in the first line of the program.
fn command(root: &Path, listing: &Listing) -> Result<String> {
    let path = root.join(&listing.source);
    let text = fs::read_to_string(&path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    let name = file_name(&listing.source);
    let first = text.lines().next().unwrap_or_default();
    match first.strip_prefix("// ") {
        Some(command) if command.split(' ').any(|word| word == name) => {
            Ok(command.to_owned())
        }
        _ => bail!(
            "{}:1: the first line is not the command that builds the program, \
             as in `// g++ -std=c++20 {name}`",
            listing.source.display()
        ),
    }
}

/// Runs the command beside the program, as a reader would.
fn compile(
    root: &Path,
    listing: &Listing,
    command: &str,
    output: &Path,
) -> Result<Output> {
    let source = root.join(&listing.source);
    Command::new("sh")
        .arg("-c")
        .arg(format!("{command} -o \"$0\""))
        .arg(output)
        .current_dir(source.parent().unwrap_or(root))
        .env("LC_ALL", "C")
        .output()
        .context("cannot start sh")
}

/// Not `cpp`: that is the program behind `cargo cpp`.
fn folder(profile_dir: &Path) -> PathBuf {
    profile_dir.join("cpp-listings")
}

fn is_fresh(root: &Path, listing: &Listing, program: &Path) -> bool {
    let time = |path: &Path| -> std::io::Result<SystemTime> {
        fs::metadata(path)?.modified()
    };
    match (time(&root.join(&listing.source)), time(program)) {
        (Ok(source), Ok(program)) => program > source,
        _ => false,
    }
}
