//! `cargo broken NAME`: what rustc says about a listing that must not compile.

use std::env;
use std::process::ExitCode;

use anyhow::{Context, Result};
use book_tests::cargo::Build;
use book_tests::rustc;
use book_tests::workspace::{Kind, Workspace, root_of_the_book};

fn main() -> Result<ExitCode> {
    let workspace = Workspace::load(&root_of_the_book())?;
    let names: Vec<&str> = workspace
        .listings()
        .filter(|listing| listing.kind == Kind::Broken)
        .map(|listing| listing.name.as_str())
        .collect();
    let args: Vec<String> = env::args().skip(1).collect();
    let [name] = args.as_slice() else {
        eprintln!("usage: cargo broken NAME, where NAME is one of");
        eprintln!("{}", names.join("\n"));
        return Ok(ExitCode::from(2));
    };
    if !names.contains(&name.as_str()) {
        eprintln!("usage: cargo broken NAME; no broken listing is `{name}`");
        eprintln!("The names are\n{}", names.join("\n"));
        return Ok(ExitCode::from(2));
    }
    for section in &workspace.sections {
        for listing in &section.listings {
            if listing.name == *name {
                let build = Build::of(&workspace.root, &[])?;
                let root = &workspace.root;
                let verdict = rustc::compile(root, &build, section, listing)?;
                eprint!("{}", verdict.stderr);
                return Ok(ExitCode::from(u8::from(!verdict.compiled)));
            }
        }
    }
    None.context("the listing has just been found")
}
