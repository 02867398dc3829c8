//! What the aliases of `.cargo/config.toml` call: `cargo broken NAME`,
//! `cargo cpp NAME`, `cargo try NAME WORD`, `cargo figures` and
//! `cargo measure NAME`.

use std::env;
use std::path::Path;
use std::process::{Command, ExitCode};

use anyhow::{Context, Result, bail};
use book::build::Build;
use book::compile;
use book::cpp;
use book::files::{End, replace};
use book::listings::{Kind, Listing, Workspace, root_of_the_book};
use book::recording;
use book::shelf::Shelf;
use book::variation::Outcome;

fn main() -> ExitCode {
    // A reader asks what is wrong, and not, with RUST_BACKTRACE, where.
    run().unwrap_or_else(|error| {
        eprintln!("{error:#}");
        ExitCode::FAILURE
    })
}

fn run() -> Result<ExitCode> {
    let mut args = env::args().skip(1);
    let command = args.next().unwrap_or_default();
    let names: Vec<String> = args.collect();
    if command == "figures" {
        return figures(&names);
    }
    if command == "try" {
        return vary(&names);
    }
    let workspace = Workspace::load(&root_of_the_book());
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
    let build = Build::of(&workspace.root, &[])?;
    let verdict = compile::compile(&build, listing)?;
    eprint!("{}", verdict.stderr);
    Ok(ExitCode::from(u8::from(!verdict.compiled)))
}

/// Changes a listing as one of its variations says, shows the change, and runs
/// the program. The listing's own file stays as it is.
fn vary(names: &[String]) -> Result<ExitCode> {
    let workspace = Workspace::load(&root_of_the_book());
    let found = match names {
        [name, word] => workspace.listing(name).and_then(|l| l.variation(word)),
        _ => None,
    };
    let Some(found) = found else {
        let of_name =
            |l: &&Listing| names.first().is_some_and(|n| *n == l.name);
        let named = workspace.listings().find(of_name);
        let listings: Vec<&Listing> = match named {
            Some(listing) => vec![listing],
            None => workspace.listings().collect(),
        };
        eprintln!("usage: cargo try NAME WORD, where NAME and WORD are one of");
        for variation in listings.iter().flat_map(|l| l.variations()) {
            eprintln!("{} {}", variation.listing.name, variation.word);
        }
        return Ok(ExitCode::from(2));
    };
    println!("{}", found.diff.text);
    let shelf = Shelf::of_the_book(true)?;
    let listing = shelf.workspace.listing(&found.listing.name);
    let variation = listing.and_then(|listing| listing.variation(&found.word));
    match variation.context("it is gone")?.outcome(shelf)? {
        Outcome::Broken(verdict) => {
            eprint!("{}", verdict.stderr);
            Ok(ExitCode::FAILURE)
        }
        Outcome::Ran { done, .. } => {
            print!("{}", done.stdout);
            eprint!("{}", done.stderr);
            Ok(ExitCode::from(u8::try_from(done.exit).unwrap_or(1)))
        }
    }
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

/// Records every listing again that is recorded, and draws every plot from its
/// measurement; or does so with those that are named. A recording of threads
/// differs each time; it is made anew only when its listing is named.
fn figures(named: &[String]) -> Result<ExitCode> {
    let shelf = Shelf::of_the_book(false)?;
    let workspace = &shelf.workspace;
    let root = &workspace.root;
    for name in named {
        if workspace.listing(name).is_none() {
            bail!("no listing is called `{name}`");
        }
    }
    let wanted = |l: &&Listing| named.is_empty() || named.contains(&l.name);
    for measured in workspace.plots().filter(|plot| wanted(&plot.listing)) {
        replace(&root.join(measured.fragment()), &measured.draw()?)?;
        println!("{}: drawn from its measurement", measured.listing.name);
    }
    for listing in workspace.listings().filter(wanted) {
        let is_recorded = listing.kept(End::Trace).is_some();
        let is_new = !named.is_empty() && listing.settings.plot.is_none();
        if is_recorded || is_new {
            let recording = recording::renew(shelf, listing, is_new)?;
            println!("{}: {} events", listing.name, recording.events.len());
        }
    }
    Ok(ExitCode::SUCCESS)
}
