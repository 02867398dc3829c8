//! Programs in C++ and C, which show what another language makes of a problem.
//!
//! The first line of such a program is the command that builds it. A machine
//! without the compiler or a library that the program includes cannot run it;
//! the tests report that with the reason.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use anyhow::{Context, Result, bail};

use crate::files::file_name;
use crate::listings::Listing;
use crate::memory;

/// The folder of the profile in which the programs stand.
const FOLDER: &str = "cpp-listings";

/// Builds the program below `profile_dir`, unless it is there.
///
/// # Errors
///
/// When the program does not say how it is built, or cannot be built.
pub fn build(
    root: &Path,
    listing: &Listing,
    profile_dir: &Path,
) -> Result<PathBuf> {
    let command = command(listing)?;
    let folder = profile_dir.join(FOLDER);
    memory::made(&folder, &listing.name, &listing.text, |new| {
        let output = compile(root, listing, command, new)?;
        if !output.status.success() {
            bail!(
                "{}: `{command}` fails:\n{}",
                listing.source.display(),
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(())
    })
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
    let command = command(listing)?;
    let folder = profile_dir.join(FOLDER);
    if memory::file(&folder, &listing.name, &listing.text).exists() {
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
fn command(listing: &Listing) -> Result<&str> {
    let name = file_name(&listing.source);
    let first = listing.text.lines().next().unwrap_or_default();
    match first.strip_prefix("// ") {
        Some(command) if command.split(' ').any(|word| word == name) => {
            Ok(command)
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
