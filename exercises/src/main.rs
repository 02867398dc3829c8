//! `cargo exercise NAME`: runs the tests of an exercise on the reader's file.
//!
//! The file is a copy of the starter, made at the first run and never touched
//! again. Whatever git or a newer starter does, the reader's work stays.

use std::env;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{ErrorKind, Write};
use std::path::Path;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    // Cargo says where the package is now; what it said when it compiled this
    // program can be another clone that shares the target folder.
    let package = env::var_os("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|| env!("CARGO_MANIFEST_DIR").into());
    match run(Path::new(&package), env::args_os().skip(1).collect()) {
        Ok(code) => code,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::from(2)
        }
    }
}

fn run(package: &Path, args: Vec<OsString>) -> Result<ExitCode, String> {
    let names = names(package)?;
    let [name] = args.as_slice() else {
        return Err(format!("usage: cargo exercise NAME\n\n{}", list(&names)));
    };
    let Some(name) = names.iter().find(|known| name == known.as_str()) else {
        return Err(format!(
            "There is no exercise {}.\n\n{}",
            name.display(),
            list(&names)
        ));
    };
    let mine = format!("mine/{name}.rs");
    let file = format!("exercises/{mine}");
    let is_new = begin(package, name, &mine)?;
    if is_new {
        println!("{file} is new, a copy of the starter. It is yours.");
    } else {
        println!("Testing {file}.");
    }
    let status = Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
        .args(["test", "--quiet", "--features", "exercises/mine"])
        .args(["--test", name])
        // A backtrace would bury the sentence that helps.
        .env("RUST_BACKTRACE", "0")
        // Not in the package: cargo would build the crates with the features of
        // that package alone, apart from those of the listings.
        .current_dir(package.parent().unwrap_or(package))
        .status()
        .map_err(|error| format!("cargo cannot be started: {error}"))?;
    if status.success() {
        println!("Solved: {name}. Compare exercises/tests/{name}/solution.rs.");
        return Ok(ExitCode::SUCCESS);
    }
    println!(
        "Not solved yet: {name}.\n\
         edit   {file}\n\
         tests  exercises/tests/{name}/main.rs\n\
         again  cargo exercise {name}"
    );
    Ok(ExitCode::FAILURE)
}

/// The folders of `tests/`, each an exercise, sorted.
fn names(package: &Path) -> Result<Vec<String>, String> {
    let folder = package.join("tests");
    let failed = |error| format!("cannot list {}: {error}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(&folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().join("starter.rs").is_file() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    Ok(names)
}

fn list(names: &[String]) -> String {
    format!("The exercises are:\n  {}", names.join("\n  "))
}

/// Copies the starter to the reader's file, unless the reader has one.
fn begin(package: &Path, name: &str, mine: &str) -> Result<bool, String> {
    let file = package.join(mine);
    let failed = |error| format!("cannot write {}: {error}", file.display());
    let starter = package.join("tests").join(name).join("starter.rs");
    let text = fs::read(&starter).map_err(|error| {
        format!("cannot read {}: {error}", starter.display())
    })?;
    fs::create_dir_all(package.join("mine")).map_err(failed)?;
    // Not a question first and then a copy: `create_new` never overwrites.
    match OpenOptions::new().write(true).create_new(true).open(&file) {
        Ok(mut new) => new.write_all(&text).map(|()| true).map_err(failed),
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(error)),
    }
}
