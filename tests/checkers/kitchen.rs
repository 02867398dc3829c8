//! Listings that do not do what is kept of them: what `outputs`, `broken` and
//! `figures` say of programs that are built and run.
//!
//! The listings stand in `kitchen/`, in texts as those of `tests/faults`, and
//! beside each what is said of it. All of them are put into one book, which is
//! built once. Here are those that change while they are tested.

use std::env::consts::OS;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result};
use book::draw::plot::draw;
use book::expect;
use book::fault::overwrites;
use book::files::children;
use book::listings::{Kind, Listing, Workspace};
use book::measurement::Measurement;
use book::shelf::Shelf;
use snapbox::str;

use crate::cases::{Cases, Step};
use crate::edits::MANIFEST;
use crate::tiny::Tiny;

const SAYS_NOTHING: &str = "nothing";

/// A program in C; it includes nothing, so that a C linker is all it needs.
const STEW: &str = "int puts(const char *);\n\
                    int main(void) { puts(\"toast\"); return 0; }\n";

fn checkers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("checkers")
}

fn in_c(tiny: Tiny, name: &str, source: &str) -> Tiny {
    let file = format!("listings/tiny/cpp/{name}");
    tiny.with(&format!("{file}.c"), source)
        .with(&format!("{file}.stdout"), "toast\n")
}

/// With the drawing of each measurement that can be drawn.
fn drawn(mut tiny: Tiny) -> Result<Tiny> {
    let workspace = Workspace::load(tiny.root());
    for plot in workspace.plots() {
        let name = &plot.listing.name;
        let data =
            Measurement::parse(&tiny.read(&plot.data().to_string_lossy()));
        let drawing = data.and_then(|data| draw(name, plot.plot, &data));
        let mut drawing = drawing.unwrap_or_default();
        if name == "plot_repainted" {
            drawing = drawing.replace("<rect x", "<rect  x");
        }
        tiny = tiny.with(&plot.fragment().to_string_lossy(), drawing);
    }
    Ok(tiny)
}

/// A book whose listings have one fault each, but for `toast` and `burnt`.
static KITCHEN: LazyLock<(PathBuf, Shelf)> =
    LazyLock::new(|| built().unwrap_or_else(|error| panic!("{error:#}")));

fn built() -> Result<(PathBuf, Shelf)> {
    let mut tiny = Tiny::new();
    for text in children(&checkers().join("kitchen"))? {
        let text = Cases::read(text)?;
        for step in text.cases.iter().flat_map(|case| &case.steps) {
            tiny = step.put_into(tiny)?;
        }
    }
    let broken = "listings/tiny/broken";
    for end in ["rs", "stderr"] {
        let text = tiny.read(&format!("{broken}/burnt.{end}"));
        let text = text.replace("burnt.rs", "renewed.rs");
        tiny = tiny.with(&format!("{broken}/renewed.{end}"), text);
    }
    tiny = in_c(tiny, "rebuilt", &format!("// cc rebuilt.c\n{STEW}"));
    let missing = format!("// cc missing.c\n#include <no_pan.h>\n{STEW}");
    tiny = in_c(tiny, "missing", &missing);
    let raw = STEW.replace("puts", "put");
    tiny = in_c(tiny, "raw", &format!("// cc raw.c\n{raw}"));
    let toast = tiny.read("listings/tiny/examples/toast.rs");
    for (name, system) in [("here", OS), ("abroad", elsewhere())] {
        let file = format!("listings/tiny/examples/{name}");
        let only = format!("only = \"{system}\"");
        tiny = tiny
            .with(&format!("{file}.rs"), &*toast)
            .with(&format!("{file}.stdout"), "toast\n")
            .declare(&format!("[package.metadata.listings.{name}]\n{only}"));
    }
    let page = "{{#include ../listings/tiny/examples/misprinted.rs}}\n\
                {{#include ../listings/tiny/broken/misquoted.rs}}\n\
                {{#include ../listings/tiny/examples/plot_regrouped.plot.html}}\n";
    let root = drawn(tiny)?
        .with("src/appendix-glossary.md", page)
        .settle("kitchen");
    let shelf = Shelf::of(&root, false)?;
    Ok((root, shelf))
}

fn listing(name: &str) -> &'static Listing {
    KITCHEN.1.workspace.listing(name).expect("it is there")
}

fn said(outcome: Result<()>) -> String {
    let fault = outcome.err();
    fault.map_or_else(String::new, |error| format!("{error:#}"))
}

/// What the test to which a listing belongs says about it, or about a variation
/// of it, `NAME.WORD`, in a book that is read anew.
fn verdict(name: &str) -> String {
    let (root, shelf) = &*KITCHEN;
    let workspace = &Workspace::load(root);
    let (name, word) = name.split_once('.').unwrap_or((name, ""));
    let listing = workspace.listing(name).expect("it is there");
    let plot = workspace.plots().find(|plot| plot.listing.name == name);
    said(if !word.is_empty() {
        let variation = listing.variation(word).expect("it is there, too");
        expect::varies(shelf, &variation)
    } else if let Some(plot) = plot {
        plot.verify(workspace)
    } else if let Some(other) = &listing.settings.becomes {
        expect::becomes(shelf, listing, other)
    } else if listing.kind == Kind::Broken {
        expect::fails(shelf, listing)
    } else {
        expect::prints(shelf, listing, &listing.runs()[0])
    })
}

/// What is said now of the listings of a step: behind the name of each, the
/// verdict without its empty lines, or the file that has it to the letter.
fn outcome(cases: &Cases, step: &Step) -> Result<String> {
    let mut now = String::new();
    for line in cases.said(step).lines() {
        let name = line.strip_prefix('[').and_then(|l| l.split_once("] "));
        let Some((name, rest)) = name else { continue };
        let verdict = verdict(name);
        now += &format!("[{name}] ");
        let kept = rest.strip_prefix("= ");
        if let Some(file) = kept {
            let kept = checkers().join(file);
            if overwrites() {
                fs::write(&kept, &verdict)?;
            }
            if fs::read_to_string(&kept)? == verdict {
                now += &format!("= {file}\n");
                continue;
            }
        }
        if verdict.is_empty() {
            now += &format!("{SAYS_NOTHING}\n");
        }
        for line in verdict.lines().filter(|line| !line.is_empty()) {
            now += &format!("{line}\n");
        }
    }
    Ok(now)
}

fn are_as_said(subject: &str) -> Result<()> {
    let file = checkers().join("kitchen").join(subject);
    let mut text = Cases::read(file.with_extension("txt"))?;
    if overwrites() {
        text = text.rewrite(outcome)?;
    }
    for case in &text.cases {
        for step in &case.steps {
            text.verify(step, outcome(&text, step), "checkers")
                .with_context(|| case.name.clone())?;
        }
    }
    Ok(())
}

/// A system on which this test does not run.
fn elsewhere() -> &'static str {
    if OS == "linux" { "windows" } else { "linux" }
}

/// What a machine cannot run is ignored for that reason, and nothing else is.
#[test]
fn a_listing_for_another_system() {
    let shelf = &KITCHEN.1;
    let lacks = |name| {
        let listing = shelf.workspace.listing(name).expect("it is there");
        shelf.lacks(listing).expect("it says how it is built")
    };
    assert_eq!(lacks("here"), None);
    assert_eq!(verdict("here"), "");
    let reason = format!("it runs on {} alone", elsewhere());
    assert_eq!(lacks("abroad"), Some(reason));
}

#[test]
fn programs_and_what_they_print() -> Result<()> {
    are_as_said("outputs")
}

#[test]
fn programs_that_must_not_compile() -> Result<()> {
    are_as_said("broken")
}

#[test]
fn programs_in_c() -> Result<()> {
    are_as_said("cpp")
}

#[test]
fn variations() -> Result<()> {
    are_as_said("variations")
}

#[test]
fn plots() -> Result<()> {
    are_as_said("plots")
}

fn change(file: &str, from: &str, to: &str) {
    let path = KITCHEN.0.join("listings/tiny").join(file);
    let text = fs::read_to_string(&path).expect("it can be read");
    fs::write(&path, text.replace(from, to)).expect("it can be written");
}

/// What has failed as kept is not compiled again, until something changes.
#[test]
fn a_failure_that_has_changed_since_it_was_compared() {
    assert_eq!(verdict("renewed"), "");
    change("broken/renewed.stderr", "burn`", "barn`");
    for _ in 0..2 {
        assert!(verdict("renewed").contains("rustc does not say"));
    }
    change("broken/renewed.stderr", "barn`", "burn`");
    assert_eq!(verdict("renewed"), "");
    change("broken/renewed.rs", "burn()", "barn()");
    assert!(verdict("renewed").contains("rustc does not say"));
    change("broken/renewed.rs", "    barn();\n", "");
    for _ in 0..2 {
        assert!(verdict("renewed").contains("it compiles"));
    }
}

#[test]
fn what_another_listing_must_change() {
    let shelf = &KITCHEN.1;
    let back = said(expect::replaces(shelf, listing("mismoved"), "egg"));
    assert!(back.contains("what turns egg into"), "{back}");
    let astray = said(expect::replaces(shelf, listing("moved"), "nobody"));
    assert!(astray.contains("declared to replace `nobody`"), "{astray}");
}

#[test]
fn wrong_arguments_that_are_accepted() {
    let found = said(expect::refuses(&KITCHEN.1, listing("toast")));
    snapbox::assert_data_eq!(
        found,
        str![[r#"
toast: wrong arguments give exit status 0 instead of 2, or no line on standard error that starts with `usage: `:
toast


  program  listings/tiny/examples/toast.rs
  shown in src/breakfast/toast.md:9
  see it   cargo run --example toast -- --no-such-option a b c

"#]]
    );
}

/// A program that has changed is built again.
#[test]
fn a_program_in_c_that_is_built_again() {
    assert_eq!(verdict("rebuilt"), "");
    change("cpp/rebuilt.c", "toast", "stew");
    assert!(verdict("rebuilt").contains("+ stew"));
}

#[test]
fn a_program_in_c_that_cannot_be_built() {
    let found = verdict("raw");
    assert!(found.contains("raw.c: `cc raw.c` fails"), "{found}");
}

#[test]
fn what_a_machine_lacks() {
    let shelf = &KITCHEN.1;
    let lacks = |name: &str| {
        shelf.lacks(listing(name)).expect("it says how it is built")
    };
    assert_eq!(lacks("toast"), None);
    assert_eq!(lacks("same"), None);
    let reason = lacks("missing").expect("no machine has this header");
    assert!(reason.contains("no_pan.h"), "{reason}");
}

#[test]
fn the_kitchen_declares_its_listings() {
    let faults = &KITCHEN.1.workspace.faults;
    assert_eq!(faults.as_slice(), [], "{MANIFEST} or a file is wrong");
}
