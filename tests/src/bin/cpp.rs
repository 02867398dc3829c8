//! `cargo cpp NAME`: builds and runs a program in C++ or C.

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result};
use book_tests::cpp;
use book_tests::workspace::{Kind, Workspace, root_of_the_book};

fn main() -> Result<ExitCode> {
    let workspace = Workspace::load(&root_of_the_book())?;
    let programs = || workspace.listings().filter(|l| l.kind == Kind::Cpp);
    let args: Vec<String> = env::args().skip(1).collect();
    let found = programs().find(|listing| args == [listing.name.as_str()]);
    let Some(listing) = found else {
        eprintln!("usage: cargo cpp NAME, where NAME is one of");
        for listing in programs() {
            eprintln!("{}", listing.name);
        }
        return Ok(ExitCode::from(2));
    };
    let this = env::current_exe()?;
    let profile_dir = this.parent().context("the program is in no folder")?;
    let root = &workspace.root;
    if let Some(reason) = cpp::lacks(root, listing, profile_dir)? {
        eprintln!("this machine cannot build {}: {reason}", listing.name);
        return Ok(ExitCode::FAILURE);
    }
    let program = cpp::build(root, listing, profile_dir)?;
    let status = Command::new(&program)
        .status()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let code = status.code().and_then(|code| u8::try_from(code).ok());
    Ok(ExitCode::from(code.unwrap_or(1)))
}
