//! `cargo measure NAME`: measures again what a plot shows.

use std::env;
use std::process::ExitCode;

use anyhow::Result;
use book_tests::workspace::{Workspace, root_of_the_book};

fn main() -> Result<ExitCode> {
    let workspace = Workspace::load(&root_of_the_book())?;
    let args: Vec<String> = env::args().skip(1).collect();
    let named = |name: &String| {
        workspace
            .plots()
            .find(|measured| measured.listing.name == *name)
    };
    let [name] = args.as_slice() else {
        usage(&workspace);
        return Ok(ExitCode::from(2));
    };
    let Some(measured) = named(name) else {
        usage(&workspace);
        return Ok(ExitCode::from(2));
    };
    let measurement = measured.measure(&workspace.root)?;
    print!("{}", measurement.printed);
    println!("written to {}", measured.data().display());
    Ok(ExitCode::SUCCESS)
}

fn usage(workspace: &Workspace) {
    eprintln!("usage: cargo measure NAME, where NAME is one of");
    for measured in workspace.plots() {
        eprintln!("{}", measured.listing.name);
    }
}
