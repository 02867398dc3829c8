//! What holds between pages, listings, commands, links and claims.
//!
//! Each function looks for one kind of fault and returns a line for each fault
//! found: where it is, what is wrong, and how to mend it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::book::{Block, Book, Figure, Page};
use crate::html::{Site, is_external};
use crate::workspace::{Kind, Listing, Workspace, file_name};

/// Every `{{#include}}` names a file, and an anchor that is in it.
pub fn includes(book: &Book) -> Vec<String> {
    let mut faults = Vec::new();
    for page in &book.pages {
        let written = page.raw.matches("include ").count();
        let understood = page.includes.len();
        if page.raw.matches("{{#").count() > understood {
            faults.push(format!(
                "{}: {understood} of its {{{{#…}}}} directives are includes \
                 of a file; only those are used in this book ({written} seen)",
                page.path.display()
            ));
        }
        for include in &page.includes {
            let at = page.at(include.line);
            let path = include.path.display();
            let Ok(text) = fs::read_to_string(book.root.join(&include.path))
            else {
                faults.push(format!("{at}: {path} does not exist"));
                continue;
            };
            let Some(part) = &include.part else { continue };
            for mark in ["ANCHOR: ", "ANCHOR_END: "] {
                let mark = format!("{mark}{part}");
                if !text.lines().any(|line| line.trim().ends_with(&mark)) {
                    faults.push(format!("{at}: {path} has no `{mark}`"));
                }
            }
        }
    }
    faults
}

/// Every listing stands in exactly one figure, with all it prints, and every
/// figure shows a listing.
pub fn listings(book: &Book, workspace: &Workspace) -> Vec<String> {
    let mut faults = Vec::new();
    let mut figures: BTreeMap<&str, Vec<(&Page, &Figure)>> = BTreeMap::new();
    for page in &book.pages {
        for figure in &page.figures {
            figures.entry(&figure.id).or_default().push((page, figure));
        }
    }
    for listing in workspace.listings() {
        let name = &listing.name;
        let source = listing.source.display();
        let found = figures.remove(name.as_str()).unwrap_or_default();
        let [(page, figure)] = found[..] else {
            faults.push(format!(
                "{source}: {} pages show it. One page shows it, in \
                 <figure class=\"listing\" id=\"{name}\">",
                found.len()
            ));
            continue;
        };
        for file in std::iter::once(&listing.source).chain(&listing.outputs) {
            let shown = page
                .includes
                .iter()
                .any(|i| &i.path == file && figure.lines.contains(&i.line));
            if !shown {
                faults.push(format!(
                    "{}: the figure `{name}` does not include {}",
                    page.at(figure.lines.start),
                    file.display()
                ));
            }
        }
        if let Some(drawing) = &listing.drawing
            && book.showing(drawing).is_empty()
        {
            faults.push(format!("{}: no page shows it", drawing.display()));
        }
        for run in listing.runs() {
            for output in &listing.outputs {
                let known = listing
                    .runs()
                    .iter()
                    .any(|r| [&r.stdout, &r.stderr].contains(&output));
                if !known {
                    faults.push(format!(
                        "{}: no run of {} is declared that prints it",
                        output.display(),
                        run.name
                    ));
                }
            }
        }
    }
    for (id, found) in figures {
        for (page, figure) in found {
            faults.push(format!(
                "{}: the figure `{id}` shows no listing: there is neither \
                 examples/{id}.rs nor broken/{id}.rs in any section",
                page.at(figure.lines.start)
            ));
        }
    }
    faults
}

/// The caption of a listing gives the command that shows it, and every command
/// in the book, the README and CONTRIBUTING names a listing that exists.
pub fn commands(book: &Book, workspace: &Workspace) -> Vec<String> {
    static COMMAND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"cargo\s+(?:run\s+(?:-q\s+|--quiet\s+)?--example|broken)\s+([A-Za-z0-9_]+)",
        )
        .expect("the pattern is correct")
    });
    let mut faults = Vec::new();
    for page in &book.pages {
        for figure in &page.figures {
            let Some(listing) = workspace.listing(&figure.id) else {
                continue;
            };
            let command = listing.command();
            if !figure.commands.contains(&command) {
                faults.push(format!(
                    "{}: the caption of `{}` does not give its command, \
                     <code>{command}</code>; it gives {:?}",
                    page.at(figure.lines.start),
                    figure.id,
                    figure.commands
                ));
            }
        }
    }
    let mut texts: Vec<(String, String)> = book
        .pages
        .iter()
        .map(|page| (page.path.display().to_string(), page.raw.clone()))
        .collect();
    for name in ["README.md", "CONTRIBUTING.md"] {
        if let Ok(text) = fs::read_to_string(book.root.join(name)) {
            texts.push((name.to_owned(), text));
        }
    }
    for (place, text) in texts {
        for found in COMMAND.captures_iter(&text) {
            // Capitals stand for a name, as in `cargo run --example NAME`.
            if &found[1] == "NAME" {
                continue;
            }
            let kind = if found[0].contains("broken") {
                Kind::Broken
            } else {
                Kind::Example
            };
            let there = workspace
                .listing(&found[1])
                .is_some_and(|listing| listing.kind == kind);
            if !there {
                faults.push(format!(
                    "{place}: `{}` names no listing of that kind",
                    &found[0]
                ));
            }
        }
    }
    faults
}

/// What a block shows, decided by its first word and its source.
pub enum Proof<'a> {
    /// A whole program that `outputs` runs.
    Program(&'a Listing),
    /// A program that `broken` compiles.
    Broken(&'a Listing),
    /// A program written in the page, which `skeptic` runs.
    Inline,
}

/// How a `rust` block is proven; `None` if nothing proves it.
pub fn proof<'a>(
    book: &Book,
    workspace: &'a Workspace,
    block: &Block,
) -> Option<Proof<'a>> {
    let Some(source) = &block.source else {
        return Some(Proof::Inline);
    };
    let listing = workspace.listings().find(|l| l.source == source.path)?;
    let file = fs::read_to_string(book.root.join(&source.path)).ok()?;
    let whole = without_anchors(&block.program()) == without_anchors(&file);
    match listing.kind {
        Kind::Broken => Some(Proof::Broken(listing)),
        Kind::Example => whole.then_some(Proof::Program(listing)),
    }
}

fn without_anchors(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim_end)
        .filter(|line| !line.contains("ANCHOR"))
        .collect()
}

/// Every block is one of the kinds that some test proves.
pub fn blocks(book: &Book, workspace: &Workspace) -> Vec<String> {
    let mut faults = Vec::new();
    for page in &book.pages {
        for block in &page.blocks {
            let at = page.at(block.line);
            let figure = page
                .figure_at(block.line)
                .map_or(String::new(), |f| format!(" (listing `{}`)", f.id));
            for fault in block_faults(book, workspace, block) {
                faults.push(format!("{at}{figure}: {fault}"));
            }
        }
    }
    faults
}

fn block_faults(
    book: &Book,
    workspace: &Workspace,
    block: &Block,
) -> Vec<String> {
    let tags: Vec<&str> = block.tags.iter().map(String::as_str).collect();
    let source = block.source.as_ref().map(|include| &include.path);
    let extension = source
        .and_then(|path| path.extension()?.to_str())
        .unwrap_or_default();
    let mut faults = Vec::new();
    let mut fault = |text: &str| faults.push(text.to_owned());
    match tags[..] {
        ["rust"] => match proof(book, workspace, block) {
            Some(Proof::Program(_)) => {}
            Some(Proof::Broken(_)) => {
                fault("a broken listing is tagged ```rust,compile_fail");
            }
            Some(Proof::Inline) => {
                if !block.text.contains("fn main()") {
                    fault("an inline program needs a `fn main()`");
                }
                if !block.text.contains("assert") {
                    fault(
                        "an inline program asserts what it shows, so that a \
                         change of one value is noticed",
                    );
                }
            }
            None => fault(
                "the block shows a part of a program, and the reader would \
                 copy only that part. Use {{#rustdoc_include FILE:ANCHOR}}, \
                 which hides the rest instead of dropping it",
            ),
        },
        ["rust", "compile_fail"] => {
            let broken = source.and_then(|path| {
                workspace.listings().find(|listing| listing.source == *path)
            });
            if broken.is_none_or(|listing| listing.kind != Kind::Broken) {
                fault(
                    "`compile_fail` accepts any error, even a misspelt word. \
                     Put the program into broken/ and include it",
                );
            }
        }
        ["text"] => {
            if !["stdout", "stderr"].contains(&extension) {
                fault(
                    "a `text` block is an output, and nobody compares this \
                     one: include a .stdout or .stderr file",
                );
            }
        }
        ["toml"] => {
            if source.is_none_or(|path| file_name(path) != "Cargo.toml") {
                fault("a `toml` block includes a part of a manifest");
            }
        }
        ["console"] => {
            for line in block.text.lines().filter(|l| !l.is_empty()) {
                if !line.starts_with("$ ") && !line.starts_with("# ") {
                    fault(&format!(
                        "a `console` block holds commands and no output; \
                         `{line}` does not start with `$ `"
                    ));
                }
            }
        }
        _ => fault(&format!(
            "no test proves a block tagged `{}`; use rust, \
             rust,compile_fail, text, toml or console",
            tags.join(",")
        )),
    }
    faults
}

/// A recorded output leaves open no more than it must.
pub fn recordings(workspace: &Workspace) -> Vec<String> {
    let mut faults = Vec::new();
    for listing in workspace.listings() {
        for output in &listing.outputs {
            let path = workspace.root.join(output);
            let Ok(text) = fs::read_to_string(path) else {
                faults.push(format!("{}: is not text", output.display()));
                continue;
            };
            if listing.kind == Kind::Broken {
                continue;
            }
            for (number, line) in text.lines().enumerate() {
                if ["...", "[..]"].contains(&line.trim()) {
                    faults.push(format!(
                        "{}:{}: a whole line is left open; `[..]` stands for \
                         a part of a line that differs from run to run",
                        output.display(),
                        number + 1
                    ));
                }
            }
        }
    }
    faults
}

/// No listing names a host other than this machine.
pub fn hosts(workspace: &Workspace) -> Vec<String> {
    static URL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"https?://([^/\s"'<>)]+)"#).expect("correct pattern")
    });
    let mut faults = Vec::new();
    for listing in workspace.listings() {
        let path = workspace.root.join(&listing.source);
        let text = fs::read_to_string(path).unwrap_or_default();
        for found in URL.captures_iter(&text) {
            let host = &found[1];
            if !["127.0.0.1", "localhost", "[::1]", "{"]
                .iter()
                .any(|local| host.starts_with(local))
            {
                faults.push(format!(
                    "{}: names the host {host}; a listing starts its own \
                     server on 127.0.0.1",
                    listing.source.display()
                ));
            }
        }
    }
    faults
}

/// Every link leads to a page and an anchor that exist, and no anchor exists
/// twice on a page.
pub fn links(site: &Site) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, page) in &site.pages {
        for link in &page.links {
            if let Some(fault) = site.fault(name, link) {
                faults.push(format!(
                    "{name}: the link to `{link}` is dead: {fault}"
                ));
            }
            if link.starts_with("http:") {
                faults.push(format!("{name}: `{link}` is not https"));
            }
        }
        // The page for printing joins all pages, each with its own headings;
        // mdBook makes their anchors unique, but not those in raw HTML.
        for (anchor, count) in &page.anchors {
            if *count > 1 && name != "print.html" {
                faults.push(format!(
                    "{name}: {count} elements bear the anchor #{anchor}"
                ));
            }
        }
    }
    faults
}

/// How many code blocks the source texts have, by source.
const SOURCE_BLOCKS: [(&str, usize); 3] =
    [("S000", 2), ("S001", 17), ("S003", 11)];

/// The page with the corrections, as rendered.
const CORRECTIONS: &str = "appendix-corrections.html";

/// The verdicts that the corrections use.
const VERDICTS: [&str; 4] = ["false", "outdated", "half-true", "unproven"];

/// Every correction has its proof, and every proof its correction.
///
/// A row of the corrections links to the listings that prove it; the figure of
/// a listing says in `data-claims` and `data-blocks` which rows it proves. Both
/// directions must agree. A row that rests on a primary source links there.
pub fn corrections(book: &Book, site: &Site) -> Vec<String> {
    let Some(page) = site.pages.get(CORRECTIONS) else {
        return vec![format!("the book has no {CORRECTIONS}")];
    };
    let mut faults = Vec::new();
    let mut rows: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    let mut figures: BTreeMap<String, (&str, &Page)> = BTreeMap::new();
    for page in &book.pages {
        for figure in &page.figures {
            let target = format!("{}#{}", page.html(), figure.id);
            figures.insert(target, (figure.id.as_str(), page));
        }
    }
    for row in &page.rows {
        let id = row.id.as_str();
        if !id.starts_with(['S', 'C']) {
            continue;
        }
        let mut proofs = BTreeSet::new();
        let mut sources = 0;
        for link in &row.links {
            if is_external(link) {
                sources += 1;
            } else if let Some((figure, _)) = figures.get(link) {
                proofs.insert(*figure);
            }
        }
        let is_claim = id.starts_with('C');
        let cells = if is_claim { 5 } else { 4 };
        if row.cells.len() != cells {
            faults.push(format!("row {id}: has not {cells} cells"));
        }
        if row.cells.iter().any(String::is_empty) {
            faults.push(format!("row {id}: has an empty cell"));
        }
        if is_claim {
            let verdict = row.cells.get(2).map_or("", String::as_str);
            if !VERDICTS.contains(&verdict) {
                faults.push(format!(
                    "row {id}: `{verdict}` is no verdict; use one of \
                     {VERDICTS:?}"
                ));
            }
        }
        if proofs.is_empty() && (sources == 0 || !is_claim) {
            faults.push(format!(
                "row {id}: has no proof; link to a listing, as in \
                 `ch06-02-….md#count_polls`, or a claim to a primary source"
            ));
        }
        if rows.insert(id, proofs).is_some() {
            faults.push(format!("row {id}: stands there twice"));
        }
    }
    for (source, count) in SOURCE_BLOCKS {
        for number in 1..=count {
            let id = format!("{source}-{number}");
            if !rows.contains_key(id.as_str()) {
                faults.push(format!("the source block {id} has no row"));
            }
        }
    }
    for (figure, page) in figures.values() {
        let Some(shown) = page.figures.iter().find(|f| f.id == *figure) else {
            continue;
        };
        let at = page.at(shown.lines.start);
        let named: BTreeSet<&str> = shown
            .claims
            .iter()
            .chain(&shown.sources)
            .map(String::as_str)
            .collect();
        for id in &named {
            let linked = rows.get(id).is_some_and(|r| r.contains(figure));
            if !linked {
                faults.push(format!(
                    "{at}: the listing `{figure}` claims to prove {id}, but \
                     no row {id} of the corrections links to it"
                ));
            }
        }
        for (id, proofs) in &rows {
            if proofs.contains(figure) && !named.contains(id) {
                faults.push(format!(
                    "{at}: row {id} of the corrections links to the listing \
                     `{figure}`, whose figure does not name {id} in \
                     data-claims or data-blocks"
                ));
            }
        }
    }
    faults
}

/// The commands that the README promises are those that the scripts run.
pub fn readme(root: &Path) -> Vec<String> {
    let read = |name: &str| fs::read_to_string(root.join(name));
    let mut faults = Vec::new();
    for (file, command) in [
        (
            "README.md",
            "cargo install --locked mdbook@0.5.4 && mdbook serve --open",
        ),
        ("README.md", "cargo test"),
        (".ci/run", "cargo install --locked mdbook@0.5.4"),
        (".ci/run", "cargo test"),
    ] {
        let there = read(file).is_ok_and(|text| {
            text.lines().any(|line| line.trim().ends_with(command))
        });
        if !there {
            faults.push(format!("{file}: has no line `{command}`"));
        }
    }
    faults
}
