//! What the aliases of `.cargo/config.toml` call: `cargo broken NAME`,
//! `cargo cpp NAME`, `cargo figures` and `cargo measure NAME`.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use book::build::Build;
use book::compile;
use book::cpp;
use book::listings::{Kind, Listing, Workspace, replace, root_of_the_book};
use book::pages::Book;
use book::shelf::Shelf;

fn main() -> Result<ExitCode> {
    let mut args = env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let names: Vec<String> = args.collect();
    if command == "figures" {
        return figures(&names);
    }
    let workspace = Workspace::load(&root_of_the_book())?;
    let fits = |listing: &Listing| match command.as_str() {
        "broken" => listing.kind == Kind::Broken,
        "cpp" => listing.kind == Kind::Cpp,
        "measure" => listing.settings.plot.is_some(),
        _ => false,
    };
    let found = match names.as_slice() {
        [name] => workspace.listing(name).filter(|listing| fits(listing)),
        _ => None,
    };
    let Some(listing) = found else {
        eprintln!("usage: cargo {command} NAME, where NAME is one of");
        for listing in workspace.listings().filter(|l| fits(l)) {
            eprintln!("{}", listing.name);
        }
        return Ok(ExitCode::from(2));
    };
    match command.as_str() {
        "broken" => broken(&workspace, listing),
        "cpp" => run_cpp(&workspace.root, listing),
        _ => measure(&workspace, listing),
    }
}

/// What rustc says about a listing that must not compile.
fn broken(workspace: &Workspace, listing: &Listing) -> Result<ExitCode> {
    let root = &workspace.root;
    let build = Build::of(root, &[])?;
    let section = workspace
        .sections
        .iter()
        .find(|s| s.listings.iter().any(|l| l.name == listing.name))
        .context("no section has the listing")?;
    let verdict = compile::compile(root, &build, section, listing)?;
    eprint!("{}", verdict.stderr);
    Ok(ExitCode::from(u8::from(!verdict.compiled)))
}

/// Builds and runs a program in C++ or C.
fn run_cpp(root: &Path, listing: &Listing) -> Result<ExitCode> {
    let this = env::current_exe()?;
    let profile_dir = this.parent().context("the program is in no folder")?;
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

/// Measures again what a plot shows.
fn measure(workspace: &Workspace, listing: &Listing) -> Result<ExitCode> {
    let measured = workspace
        .plots()
        .find(|plot| plot.listing.name == listing.name)
        .context("the listing declares no plot")?;
    let measurement = measured.measure(&workspace.root)?;
    print!("{}", measurement.printed);
    println!("written to {}", measured.data().display());
    Ok(ExitCode::SUCCESS)
}

/// Records every listing again that a page shows a recording of, and draws
/// every plot from its measurement. A recording of threads differs each time;
/// it is made anew only when its listing is named.
fn figures(named: &[String]) -> Result<ExitCode> {
    let shelf = Shelf::of_the_book()?;
    let root = &shelf.workspace.root;
    let book = Book::load(root)?;
    let figures = shelf.figures(&book)?;
    for name in named {
        if !figures.iter().any(|figure| figure.listing.name == *name) {
            bail!("no page shows a figure of a listing called `{name}`");
        }
    }
    for figure in figures {
        let name = &figure.listing.name;
        let again = named.contains(name);
        if named.is_empty() || again {
            let recording = figure.renew(shelf, again)?;
            println!("{name}: {} events", recording.events.len());
        }
    }
    if named.is_empty() {
        for measured in shelf.workspace.plots() {
            let drawing = measured.draw(root)?;
            replace(&root.join(measured.fragment()), &drawing)?;
            println!("{}: drawn from its measurement", measured.listing.name);
        }
    }
    Ok(ExitCode::SUCCESS)
}
