//! `cargo answer FILE.md`, or the name of an answer that comes with the book.

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

use answer::confine::{Limits, Walls};
use answer::known::Known;
use anyhow::Result;
use book::shelf::Shelf;

fn main() -> ExitCode {
    if answer::blocks::extracts() {
        return ExitCode::SUCCESS;
    }
    run().unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::from(2)
    })
}

fn run() -> Result<ExitCode> {
    let args: Vec<_> = env::args_os().skip(1).collect();
    let [file] = args.as_slice() else {
        eprintln!(
            "usage: cargo answer FILE.md, where FILE.md is an assistant's \
             answer as you have saved it"
        );
        return Ok(ExitCode::from(2));
    };
    let shelf = Shelf::of_the_book(false)?;
    let named = file.to_str().and_then(|name| shelf.workspace.listing(name));
    let file = match named {
        Some(listing) => shelf.workspace.root.join(&listing.source),
        None => PathBuf::from(file),
    };
    let walls = Walls::of_this_system();
    eprintln!("{}", walls.said());
    let limits = Limits::default();
    let known = Known::of(&shelf.workspace)?;
    let report = answer::judge(&known, &shelf.build, &file, walls, limits)?;
    print!("{report}");
    Ok(match report.passes {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    })
}
