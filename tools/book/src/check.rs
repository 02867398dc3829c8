//! What holds between pages, listings, commands, links and claims.
//!
//! Each function looks for one kind of fault and returns a line for each fault
//! found: where it is, what is wrong, and how to mend it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use crate::listings::{Kind, Listing, Workspace, children};
use crate::pages::{Block, Book, Figure, Page, Shows};
use crate::site::{Anatomy, Site, is_external};

pub mod playground;
pub mod repeated;
pub mod theme;

/// What follows `cargo` in the commands that show what a listing does.
const COMMANDS: [&str; 3] = ["run", "broken", "cpp"];

/// Every `{{#include}}` names a file, and an anchor that is in it.
pub fn includes(book: &Book) -> Vec<String> {
    static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\{\{\s*#").expect("the pattern is correct")
    });
    let mut faults = Vec::new();
    for page in &book.pages {
        let understood = page.includes.len();
        // mdBook allows white space before the number sign.
        let written = DIRECTIVE.find_iter(&page.raw).count();
        if written > understood {
            faults.push(format!(
                "{}: {understood} of its {written} {{{{#…}}}} directives are \
                 includes of a file; only those are used in this book",
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
        for figure in page.figures_of(Shows::Listing) {
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
            let shown = blocks_of(page, figure)
                .filter(|b| b.source.as_ref().is_some_and(|s| &s.path == file))
                .count();
            if shown != 1 {
                faults.push(format!(
                    "{}: the figure `{name}` does not include {} in one code \
                     block, but in {shown}",
                    page.at(figure.lines.start),
                    file.display()
                ));
            }
        }
        for drawing in &listing.drawings {
            if book.showing(drawing).is_empty() {
                faults.push(format!("{}: no page shows it", drawing.display()));
            }
        }
        faults.extend(outputs_under_their_command(page, figure, listing));
        for output in &listing.outputs {
            // A broken program is compiled and not run.
            let known = listing.runs().iter().any(|run| {
                &run.stderr == output
                    || (&run.stdout == output && listing.kind != Kind::Broken)
            });
            let moved = listing.settings.becomes.is_some()
                && output == &listing.source.with_extension("diff");
            if !known && !moved {
                faults.push(format!(
                    "{}: no run of {name} is declared that prints it",
                    output.display()
                ));
            }
        }
    }
    for (id, found) in figures {
        for (page, figure) in found {
            faults.push(format!(
                "{}: the figure `{id}` shows no listing: there is neither \
                 examples/{id}.rs nor broken/{id}.rs nor a program cpp/{id} \
                 in any section",
                page.at(figure.lines.start)
            ));
        }
    }
    faults
}

/// Every exercise stands in exactly one figure, with its starter, what the tests
/// say of that, and its solution, which is closed; and every such figure shows
/// an exercise.
pub fn exercises(book: &Book, workspace: &Workspace) -> Vec<String> {
    let mut faults = Vec::new();
    let mut figures: BTreeMap<&str, Vec<(&Page, &Figure)>> = BTreeMap::new();
    for page in &book.pages {
        for figure in page.figures_of(Shows::Exercise) {
            figures.entry(&figure.id).or_default().push((page, figure));
        }
    }
    for exercise in &workspace.exercises {
        let name = &exercise.name;
        let found = figures.remove(name.as_str()).unwrap_or_default();
        let [(page, figure)] = found[..] else {
            faults.push(format!(
                "{}: {} pages show it. One page shows it, in \
                 <figure class=\"exercise\" id=\"{name}\">",
                exercise.starter.display(),
                found.len()
            ));
            continue;
        };
        let at = page.at(figure.lines.start);
        let command = exercise.command();
        if figure.commands != [command.as_str()] {
            faults.push(format!(
                "{at}: the caption of `{name}` does not give its command, \
                 <code>{command}</code>; it gives {:?}",
                figure.commands
            ));
        }
        for file in exercise.shown() {
            let shown: Vec<&Block> = blocks_of(page, figure)
                .filter(|b| b.source.as_ref().is_some_and(|s| &s.path == file))
                .collect();
            let [block] = shown[..] else {
                faults.push(format!(
                    "{at}: the figure `{name}` does not include {} in one code \
                     block, but in {}",
                    file.display(),
                    shown.len()
                ));
                continue;
            };
            let above: Vec<&str> = page
                .raw
                .lines()
                .take(block.line)
                .skip(figure.lines.start)
                .collect();
            let above = above.join("\n");
            let open = above.matches("<details open").count();
            let opened = above.matches("<details").count();
            let is_closed =
                open == 0 && opened > above.matches("</details>").count();
            if *file == exercise.solution && !is_closed {
                faults.push(format!(
                    "{}: the solution of `{name}` stands open; put it into \
                     <details>",
                    page.at(block.line)
                ));
            }
        }
    }
    for (id, found) in figures {
        for (page, figure) in found {
            faults.push(format!(
                "{}: the figure `{id}` shows no exercise: there is no \
                 exercises/tests/{id}",
                page.at(figure.lines.start)
            ));
        }
    }
    faults
}

fn blocks_of<'a>(
    page: &'a Page,
    figure: &Figure,
) -> impl Iterator<Item = &'a Block> {
    let lines = figure.lines.clone();
    page.blocks.iter().filter(move |b| lines.contains(&b.line))
}

/// Each output in a figure stands below the command that prints it: that of the
/// caption, or that of the last `console` block.
fn outputs_under_their_command(
    page: &Page,
    figure: &Figure,
    listing: &Listing,
) -> Vec<String> {
    let mut faults = Vec::new();
    let lines: Vec<&str> = page.raw.lines().collect();
    let mut from = figure.lines.start - 1;
    let mut current = String::new();
    for block in blocks_of(page, figure) {
        // The last words above the block that name a command.
        let above = lines[from..block.line].join(" ");
        let above = above.split_whitespace().collect::<Vec<_>>().join(" ");
        let above = above.replace("cargo run -q ", "cargo run ");
        let shows = |word: &&str| above.contains(&format!("cargo {word}"));
        if COMMANDS.iter().any(shows) {
            current = above;
        }
        from = block.line;
        let Some(source) = block.source.as_ref().map(|s| &s.path) else {
            continue;
        };
        for run in listing.runs() {
            if ![&run.stdout, &run.stderr].contains(&source) {
                continue;
            }
            let command = listing.command_of(&run);
            let there = current.match_indices(&command).any(|(start, _)| {
                let rest = &current[start + command.len()..];
                rest.starts_with(['`', '<']) || rest.starts_with(" ```")
            });
            if !there {
                faults.push(format!(
                    "{} (listing `{}`): {} is what `{command}` prints, and \
                     that command does not stand above it",
                    page.at(block.line),
                    figure.id,
                    source.display()
                ));
            }
        }
    }
    faults
}

/// The caption of a listing gives the command that shows it, and every command
/// in the book, the README and CONTRIBUTING names a listing or an exercise that
/// exists.
pub fn commands(book: &Book, workspace: &Workspace) -> Vec<String> {
    let mut faults = Vec::new();
    for page in &book.pages {
        for figure in &page.figures {
            let Some(listing) = workspace.listing(&figure.id) else {
                continue;
            };
            let command = listing.command();
            let other = figure
                .commands
                .iter()
                .any(|c| c.starts_with("cargo") && *c != command);
            if !figure.commands.contains(&command) || other {
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
        for part in text.split("cargo").skip(1) {
            let end = part.find(['`', '<', '&', '|', '$']);
            let words: Vec<&str> = part[..end.unwrap_or(part.len())]
                .split_whitespace()
                .filter(|word| !["-q", "--quiet"].contains(word))
                .collect();
            let first = words.first().unwrap_or(&"");
            let shows = COMMANDS.contains(first);
            if !shows && !["measure", "exercise"].contains(first) {
                continue;
            }
            let command = format!("cargo {}", words.join(" "));
            // Capitals stand for a name, as in `cargo run --example NAME`.
            if words.contains(&"NAME") {
                continue;
            }
            let exercises = &workspace.exercises;
            if exercises.iter().any(|known| known.command() == command) {
                continue;
            }
            let there = workspace.listings().any(|listing| {
                listing.command() == command
                    || (listing.settings.plot.is_some()
                        && command == format!("cargo measure {}", listing.name))
                    || (listing.kind == Kind::Example
                        && listing.runs().iter().any(|run| {
                            listing.command_with(&run.args) == command
                        }))
            });
            if !there {
                faults.push(format!(
                    "{place}: `{command}` names no listing or exercise of that \
                     kind, or a run that its manifest does not declare"
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
    /// A whole file of an exercise, which cargo compiles with its tests.
    Exercise,
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
    let file = fs::read_to_string(book.root.join(&source.path)).ok()?;
    let whole = without_anchors(&block.program()) == without_anchors(&file);
    if workspace.exercise_of(&source.path).is_some() {
        return whole.then_some(Proof::Exercise);
    }
    let listing = workspace.listings().find(|l| l.source == source.path)?;
    match listing.kind {
        Kind::Broken => Some(Proof::Broken(listing)),
        Kind::Example => whole.then_some(Proof::Program(listing)),
        Kind::Cpp => None,
    }
}

fn without_anchors(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim_end)
        .filter(|line| {
            let line = line.trim_start();
            !line.starts_with("// ANCHOR: ")
                && !line.starts_with("// ANCHOR_END: ")
        })
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
            let id = page.figure_at(block.line).map(|f| f.id.as_str());
            for fault in block_faults(book, workspace, block, id) {
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
    figure: Option<&str>,
) -> Vec<String> {
    let tags: Vec<&str> = block.tags.iter().map(String::as_str).collect();
    let source = block.source.as_ref().map(|include| &include.path);
    let extension = source
        .and_then(|path| path.extension()?.to_str())
        .unwrap_or_default();
    let owner = source.and_then(|path| {
        let exercise = workspace.exercise_of(path).map(|e| &e.name);
        let mut listings = workspace.listings();
        listings
            .find(|l| l.source == *path || l.outputs.contains(path))
            .map(|listing| &listing.name)
            .or(exercise)
    });
    let mut faults = Vec::new();
    let mut fault = |text: &str| faults.push(text.to_owned());
    if let Some(owner) = owner
        && figure != Some(owner)
    {
        fault(&format!(
            "the block belongs to `{owner}` and stands outside its figure"
        ));
    }
    // mdBook also expands what an included file contains.
    if let Some(include) = &block.source
        && include.part.is_none()
        && let Ok(file) = fs::read_to_string(book.root.join(&include.path))
        && file.trim_end() != block.text.trim_end()
    {
        fault("the block shows more or less than the file it includes");
    }
    let empty = |line: &str| {
        let line = line.trim_start();
        line.is_empty() || line == "#" || line.starts_with("# ")
    };
    if block.is_rust() && block.text.lines().all(empty) {
        fault("the reader sees no line of the program");
    }
    match tags[..] {
        ["rust"] => match proof(book, workspace, block) {
            Some(Proof::Program(_) | Proof::Exercise) => {}
            Some(Proof::Broken(_)) => {
                fault("a broken listing is tagged ```rust,compile_fail");
            }
            Some(Proof::Inline) => {
                if !block.text.contains("fn main()") {
                    fault("an inline program needs a `fn main()`");
                }
                let asserts = block.text.lines().any(|line| {
                    let code = line.split("//").next().unwrap_or_default();
                    code.contains("assert")
                });
                if !asserts {
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
            if let Some(include) = &block.source
                && let Ok(file) =
                    fs::read_to_string(book.root.join(&include.path))
                && without_anchors(&block.program()) != without_anchors(&file)
            {
                fault(
                    "the block shows a part of a program; use \
                     {{#rustdoc_include FILE:ANCHOR}}",
                );
            }
            if broken.is_none_or(|listing| listing.kind != Kind::Broken) {
                fault(
                    "`compile_fail` accepts any error, even a misspelt word. \
                     Put the program into broken/ and include it",
                );
            }
        }
        ["cpp" | "c"] => {
            let whole = block.source.as_ref().is_some_and(|i| i.part.is_none());
            let program = workspace.listings().any(|listing| {
                listing.kind == Kind::Cpp && Some(&listing.source) == source
            });
            if !whole || extension != tags[0] || !program {
                fault(
                    "a `cpp` or `c` block includes a whole program of that \
                     language from cpp/, because nobody compiles another",
                );
            }
        }
        ["text"] => {
            if !["stdout", "stderr"].contains(&extension) || owner.is_none() {
                fault(
                    "a `text` block is an output, and nobody compares this \
                     one: include a .stdout or .stderr file",
                );
            }
        }
        ["diff"] => {
            if extension != "diff" || owner.is_none() {
                fault(
                    "a `diff` block shows what one listing must change to \
                     become another, and nobody compares this one: include a \
                     .diff file",
                );
            }
        }
        ["toml"] => {
            let manifest = source.is_some_and(|path| {
                workspace
                    .sections
                    .iter()
                    .any(|section| section.dir.join("Cargo.toml") == *path)
            });
            if !manifest {
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
             rust,compile_fail, cpp, c, text, diff, toml or console",
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
                let fixed = line.replace("[..]", "");
                let open = line.contains("[..]")
                    && !fixed.contains(char::is_alphanumeric);
                if open || line.trim() == "..." {
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

/// A listing that declares a plot has a measurement and its drawing, which the
/// page of the listing shows; no other listing has either.
pub fn plots(book: &Book, workspace: &Workspace) -> Vec<String> {
    let mut faults = Vec::new();
    for listing in workspace.listings() {
        let name = &listing.name;
        let data = listing.source.with_extension("data");
        let fragment = listing.source.with_extension("plot.html");
        let exists = |path: &Path| workspace.root.join(path).exists();
        if listing.settings.plot.is_none() {
            for file in [&data, &fragment].into_iter().filter(|f| exists(f)) {
                faults.push(format!(
                    "{}: {name} declares no plot; its manifest would say \
                     [package.metadata.listings.{name}.plot]",
                    file.display()
                ));
            }
            continue;
        }
        if !exists(&data) {
            faults.push(format!(
                "{}: is missing; `cargo measure {name}` writes it",
                data.display()
            ));
        }
        let pages = |file: &Path| -> Vec<&Path> {
            let pages = book.pages.iter().flat_map(|page| {
                let includes = page.includes.iter();
                let those = includes.filter(|i| i.path == file);
                those.map(|_| page.path.as_path())
            });
            pages.collect()
        };
        let (shown, plotted) = (pages(&listing.source), pages(&fragment));
        if plotted.len() != 1 || !shown.contains(&plotted[0]) {
            faults.push(format!(
                "{}: is shown in {plotted:?}. One figure shows it, on the page \
                 of the listing, in <figure class=\"plot\">",
                fragment.display()
            ));
        }
    }
    faults
}

/// A picture of a listing's parts stands on the page of the listing, and quotes
/// it word for word.
pub fn anatomies(
    book: &Book,
    site: &Site,
    workspace: &Workspace,
) -> Vec<String> {
    let mut faults = Vec::new();
    for page in &book.pages {
        let at = page.path.display();
        let Some(html) = site.pages.get(&page.html()) else {
            continue;
        };
        for Anatomy { of, code } in &html.anatomies {
            let here = page.figures_of(Shows::Listing).any(|f| &f.id == of);
            let Some(listing) = workspace.listing(of).filter(|_| here) else {
                faults.push(format!(
                    "{at}: a picture is of `{of}`, which is no listing of this \
                     page; say which in <figure class=\"anatomy\" data-of=…>"
                ));
                continue;
            };
            let file = workspace.root.join(&listing.source);
            let text = fs::read_to_string(file).unwrap_or_default();
            if code.is_empty() {
                faults.push(format!(
                    "{at}: the picture of `{of}` quotes nothing"
                ));
            }
            for code in code.iter().filter(|code| !text.contains(*code)) {
                faults.push(format!(
                    "{at}: the picture of `{of}` shows `{code}`, and that does \
                     not stand in {}",
                    listing.source.display()
                ));
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
            let local = ["127.0.0.1", "localhost", "[::1]"].iter().any(|l| {
                host.strip_prefix(l).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with(':')
                })
            });
            if !local && !host.starts_with('{') {
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
pub fn links(book: &Book, site: &Site) -> Vec<String> {
    let mut faults = Vec::new();
    for (name, page) in &site.pages {
        let source = book.pages.iter().find(|page| page.html() == *name);
        for link in &page.links {
            if let Some(fault) = site.fault(name, link) {
                // The anchor, or else the file, is written in the page as it
                // stands in the link.
                let end = link.rsplit(['#', '/']).next().unwrap_or(link);
                let end = end.strip_suffix(".html").unwrap_or(end);
                let place = source.map_or(name.clone(), |page| {
                    let line = page.raw.lines().position(|l| l.contains(end));
                    page.at(line.map_or(1, |line| line + 1))
                });
                faults.push(format!(
                    "{place}: the link to `{link}` is dead: {fault}"
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

/// Where the links that leave the book are listed.
const EXTERNAL_LINKS: &str = "tests/external-links.toml";

/// What stands there instead of a date.
const NOT_CHECKED: &str = "not checked yet";

/// Every link that leaves the book is listed, with the day on which somebody
/// last opened it, and nothing else is. No test opens it: a book must not fail
/// because another's server does.
pub fn external_links(book: &Book, site: &Site) -> Vec<String> {
    // Without a list, no link is listed.
    let text = fs::read_to_string(book.root.join(EXTERNAL_LINKS));
    let text = text.unwrap_or_default();
    let list: toml::Table = match text.parse() {
        Ok(list) => list,
        Err(error) => return vec![format!("{EXTERNAL_LINKS}: {error}")],
    };
    let line_of = |text: &str, part: &str| {
        text.lines()
            .position(|line| line.contains(part))
            .map_or(1, |n| n + 1)
    };
    let mut faults = Vec::new();
    let mut linked = BTreeSet::new();
    for page in &book.pages {
        let Some(html) = site.pages.get(&page.html()) else {
            continue;
        };
        for link in &html.external {
            if linked.insert(link.as_str()) && !list.contains_key(link) {
                // What is not in the text of the page stands in its frame.
                let at = match page.raw.contains(link) {
                    true => page.at(line_of(&page.raw, link)),
                    false => page.html(),
                };
                faults.push(format!(
                    "{at}: {link} is not listed. Open it, and add to \
                     {EXTERNAL_LINKS} the line\n{link:?} = YYYY-MM-DD, \
                     or = {NOT_CHECKED:?}"
                ));
            }
        }
    }
    for (link, checked) in &list {
        let at = format!(
            "{EXTERNAL_LINKS}:{}",
            line_of(&text, &format!("{link:?}"))
        );
        if !linked.contains(link.as_str()) {
            faults.push(format!(
                "{at}: no page links to {link}; delete the line"
            ));
        }
        let is_day = checked
            .as_datetime()
            .is_some_and(|day| day.date.is_some() && day.time.is_none());
        if !is_day && checked.as_str() != Some(NOT_CHECKED) {
            faults.push(format!(
                "{at}: {checked} is no day; write YYYY-MM-DD without quotes, \
                 or {NOT_CHECKED:?}"
            ));
        }
    }
    faults
}

/// Everything in `src/` is a page that the table of contents lists; no page is
/// empty, holds a comment, or uses a link that it does not define.
pub fn pages(book: &Book) -> Vec<String> {
    let mut faults = Vec::new();
    let folder = Path::new("src");
    let mut files = Vec::new();
    let mut folders = vec![book.root.join(folder)];
    while let Some(folder) = folders.pop() {
        match children(&folder) {
            Ok(there) => {
                for path in there {
                    match path.is_dir() {
                        true => folders.push(path),
                        false => files.push(path),
                    }
                }
            }
            Err(error) => faults.push(format!("{error:#}")),
        }
    }
    for file in files {
        let path = file.strip_prefix(&book.root).unwrap_or(&file);
        let listed = book.pages.iter().any(|page| page.path == path);
        if !listed && path != folder.join("SUMMARY.md") {
            faults.push(format!(
                "{}: SUMMARY.md lists no such page, so nothing in it is tested",
                path.display()
            ));
        }
    }
    for page in &book.pages {
        let at = page.path.display();
        let home = page.path.parent().unwrap_or(folder);
        let entry = home.with_extension("md");
        if home != folder && !book.pages.iter().any(|p| p.path == entry) {
            faults.push(format!(
                "{at}: a page stands in src/ itself, or in the folder of a \
                 section, whose entry would be {}",
                entry.display()
            ));
        }
        if !page.raw.starts_with("# ") {
            faults.push(format!("{at}: does not begin with its title"));
        }
        if let Some(offset) = page.raw.find("<!--") {
            let line = page.raw[..offset].matches('\n').count() + 1;
            faults.push(format!(
                "{}: no reader sees a comment, and the tests would",
                page.at(line)
            ));
        }
        for (line, link) in &page.undefined {
            faults.push(format!(
                "{}: `{link}` has no definition on this page",
                page.at(*line)
            ));
        }
    }
    faults
}

/// The reader sees the blocks and the figures that the tests have seen, and no
/// others: none in raw HTML, none hidden.
pub fn rendered(book: &Book, site: &Site) -> Vec<String> {
    let squeezed = |text: &str| -> String {
        text.chars().filter(|c| !c.is_whitespace()).collect()
    };
    let mut faults = Vec::new();
    for page in &book.pages {
        let at = page.path.display();
        let Some(html) = site.pages.get(&page.html()) else {
            faults.push(format!("{at}: is not rendered"));
            continue;
        };
        let tested: Vec<String> = page
            .blocks
            .iter()
            .map(|block| match block.is_rust() {
                true => squeezed(&block.program()),
                false => squeezed(&block.text),
            })
            .collect();
        let seen: Vec<String> =
            html.code.iter().map(|code| squeezed(code)).collect();
        if tested != seen {
            let shown = html
                .code
                .iter()
                .find(|code| !tested.contains(&squeezed(code)))
                .map_or("", |code| code.trim());
            faults.push(format!(
                "{at}: the reader sees {} blocks of code, the tests {}; \
                 nobody tests this one: `{shown}`",
                seen.len(),
                tested.len()
            ));
        }
        let figures: Vec<&str> =
            page.figures.iter().map(|f| f.id.as_str()).collect();
        if figures != html.figures {
            faults.push(format!(
                "{at}: the reader sees the figures {:?}, the tests {figures:?}",
                html.figures
            ));
        }
        for (what, end, class, seen) in [
            ("recordings", ".figure.html", "recording", html.recordings),
            ("plots", ".plot.html", "plot", html.plots),
        ] {
            let included = page
                .includes
                .iter()
                .filter(|i| i.path.to_string_lossy().ends_with(end))
                .count();
            if included != seen {
                faults.push(format!(
                    "{at}: {included} {what} are included, and the reader \
                     sees {seen}; each stands in a \
                     <figure class=\"{class}\"> of its own"
                ));
            }
        }
        if html.hidden > 0 {
            faults.push(format!("{at}: {} hidden elements", html.hidden));
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
        for figure in page.figures_of(Shows::Listing) {
            let target = format!("{}#{}", page.html(), figure.id);
            figures.insert(target, (figure.id.as_str(), page));
        }
    }
    for row in &page.rows {
        let id = row.id.as_str();
        if !id.starts_with(['S', 'C']) {
            faults.push(format!(
                "row `{id}`: has no anchor that begins with S or C: {}",
                row.cells.join(" | ")
            ));
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
