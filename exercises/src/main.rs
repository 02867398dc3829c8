//! `cargo exercise NAME`: runs the tests of an exercise on the reader's file.
//!
//! The file is a copy of the starter, made at the first run and never touched
//! again. Whatever git or a newer starter does, the reader's work stays.

use std::env;
use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::{self, BufRead, BufReader, ErrorKind, IsTerminal, Read, Write};
use std::path::Path;
use std::process::{Command, ExitCode, ExitStatus, Stdio};
use std::thread;

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
    let is_first = !package.join("mine").exists();
    let is_new = begin(package, name, &mine)?;
    if is_new {
        println!("{file} is new, a copy of the starter. It is yours.");
        if is_first {
            println!(
                "The first exercise builds the crates of the tests: that takes \
                 a minute or two."
            );
        }
    } else {
        println!("Testing {file}.");
    }
    let status = test(package, name)?;
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

/// Runs the tests of the exercise on the reader's file.
fn test(package: &Path, name: &str) -> Result<ExitStatus, String> {
    let failed = |error| format!("cargo cannot be started: {error}");
    let in_color = io::stdout().is_terminal() && io::stderr().is_terminal();
    let color = if in_color { "always" } else { "auto" };
    let mut cargo =
        Command::new(env::var_os("CARGO").unwrap_or("cargo".into()))
            .args(["test", "--features", "exercises/mine"])
            .args(["--test", name, "--color", color])
            .args(["--", "--quiet", "--color", color])
            // A backtrace would bury the sentence that helps.
            .env("RUST_BACKTRACE", "0")
            // Not in the package: cargo would build the crates with the features of
            // that package alone, apart from those of the listings.
            .current_dir(package.parent().unwrap_or(package))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .map_err(failed)?;
    let (out, err) = (cargo.stdout.take(), cargo.stderr.take());
    thread::scope(|scope| {
        scope.spawn(|| pass_on(out, io::stdout(), name));
        scope.spawn(|| pass_on(err, io::stderr(), name));
    });
    cargo.wait().map_err(failed)
}

/// Passes on what cargo and the tests say, line by line, and calls the
/// reader's file as the reader does.
fn pass_on(from: Option<impl Read>, mut to: impl Write, name: &str) {
    let as_compiled = format!("exercises/tests/{name}/../../mine/");
    let lines = from.map(|from| BufReader::new(from).split(b'\n'));
    for line in lines.into_iter().flatten().map_while(Result::ok) {
        let line = String::from_utf8_lossy(&line);
        // Where the program is, is nothing that the reader needs.
        if line.contains(" Running") && line.contains("/deps/") {
            continue;
        }
        let line = line.replace(&as_compiled, "exercises/mine/");
        // A reader who has gone away ends the pipe, not the tests.
        let _ = writeln!(to, "{line}");
    }
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
