//! What stands in the folder of the pages, and what the reader sees of it.

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::{Context, squeezed};
use crate::fault::Fault;
use crate::files::{End, below};
use crate::pages::{PAGES, Page, count_blocks};
use crate::site::{RenderedPage, Shows};

/// The page that mdBook shows where there is none.
const NOT_FOUND: &str = "src/404.md";

/// Every file of a listing or of an exercise belongs there and can be read,
/// and every manifest says what is known.
pub(super) fn files(context: &Context) -> Vec<Fault> {
    context.workspace.faults.clone()
}

/// Everything in `src/` is a picture, or a page that the table of contents lists;
/// no page holds a comment, or uses a link that it does not define.
pub(super) fn pages(context: &Context) -> Vec<Fault> {
    let mut faults = strays(context);
    for page in &context.book.pages {
        let at = page.path.display();
        let home = page.path.parent().unwrap_or(Path::new(PAGES));
        let entry = home.with_extension("md");
        if home != Path::new(PAGES) && context.book.page(&entry).is_none() {
            faults.push(Fault::new(
                &at,
                "stands in the folder of no section",
                format!(
                    "move it to {PAGES}/ itself, or write the entry of the \
                     section, {}",
                    entry.display()
                ),
            ));
        }
        if !page.raw.starts_with("# ") {
            faults.push(Fault::new(&at, "does not begin with its title", ""));
        }
        if page.raw.contains("<!--") {
            let at = page.at(page.line_with("<!--"));
            let what = "no reader sees a comment, and the tests would";
            faults.push(Fault::new(at, what, "delete it"));
        }
        for (line, link) in &page.undefined {
            let what = format!("`{link}` has no definition on this page");
            faults.push(Fault::new(page.at(*line), what, ""));
        }
    }
    faults
}

fn strays(context: &Context) -> Vec<Fault> {
    let root = &context.book.root;
    let files = match below(&root.join(PAGES)) {
        Ok(files) => files,
        Err(error) => {
            return vec![Fault::new(PAGES, format!("{error:#}"), "")];
        }
    };
    let mut faults = Vec::new();
    for file in files {
        let path = file.strip_prefix(root).unwrap_or(&file);
        let at = path.display();
        if path == Path::new(NOT_FOUND) {
            match fs::read_to_string(&file) {
                Ok(text) if count_blocks(&text) == 0 => {}
                Ok(_) => {
                    let what = "holds a block of code, which nobody tests";
                    faults.push(Fault::new(at, what, "delete the block"));
                }
                Err(error) => {
                    let what = format!("cannot be read: {error}");
                    faults.push(Fault::new(at, what, ""));
                }
            }
        } else if path != Path::new(PAGES).join("SUMMARY.md")
            && path.extension().is_none_or(|end| end != "png")
            && context.book.page(path).is_none()
        {
            faults.push(Fault::new(
                at,
                "SUMMARY.md lists no such page, so nothing in it is tested",
                "list it there, or delete it",
            ));
        }
    }
    faults
}

/// The reader sees the blocks and the figures that the tests have seen, and no
/// others: none in raw HTML, none hidden.
pub(super) fn rendered(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for page in &context.book.pages {
        let at = page.path.display();
        let Some(seen) = context.site.of(page) else {
            faults.push(Fault::new(at, "is not rendered", ""));
            continue;
        };
        faults.extend(untested_code(page, seen));
        faults.extend(figures(page));
        if seen.hidden > 0 {
            let what = format!("{} hidden elements", seen.hidden);
            faults.push(Fault::new(at, what, "show or delete them"));
        }
    }
    faults
}

fn untested_code(page: &Page, seen: &RenderedPage) -> Option<Fault> {
    let tested: Vec<String> = page
        .blocks
        .iter()
        .map(|block| match block.is_rust() {
            true => squeezed(&block.program()),
            false => squeezed(&block.text),
        })
        .collect();
    let shown: Vec<String> =
        seen.code.iter().map(|code| squeezed(&code.text)).collect();
    if tested == shown {
        return None;
    }
    let code = seen.code.iter().map(|code| &code.text);
    let mut unknown = code.filter(|code| !tested.contains(&squeezed(code)));
    let what = format!(
        "the reader sees {} blocks of code, the tests {}; nobody tests this \
         one: `{}`",
        shown.len(),
        tested.len(),
        unknown.next().map_or("", |code| code.trim())
    );
    Some(Fault::new(page.path.display(), what, "put it between ```"))
}

/// Each figure is closed and of a known class; each drawing has a figure of its
/// own, and each figure of a drawing has one.
fn figures(page: &Page) -> Vec<Fault> {
    let mut faults = Vec::new();
    for part in page.raw.split("<figure").skip(1) {
        if !part.contains("</figure>") {
            let line = part.lines().next().unwrap_or_default();
            let tag = format!("<figure{line}");
            let at = page.at(page.line_with(&tag));
            faults.push(Fault::new(at, "the figure has no </figure>", ""));
        }
    }
    for figure in &page.figures {
        if figure.shows == Shows::Unknown {
            faults.push(Fault::new(
                page.at(figure.line),
                "the figure is of no known class",
                "its class is listing, exercise, recording, plot or anatomy",
            ));
        }
    }
    for (what, end, shows, class) in [
        ("recordings", End::Lanes, Shows::Recording, "recording"),
        ("plots", End::Plot, Shows::Plot, "plot"),
    ] {
        let included = page.includes.iter();
        let included =
            included.filter(|i| End::of(&i.path) == Some(end)).count();
        let shown = page.figures.iter().filter(|f| f.shows == shows);
        let seen = shown.filter(|f| f.drawings == 1).count();
        if included != seen {
            faults.push(Fault::new(
                page.path.display(),
                format!(
                    "{included} {what} are included, and the reader sees {seen}"
                ),
                format!(
                    "each stands in a <figure class=\"{class}\"> of its own"
                ),
            ));
        }
    }
    faults
}

/// Every `{{#include}}` names a file, and an anchor that is in it.
pub(super) fn includes(context: &Context) -> Vec<Fault> {
    static DIRECTIVE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\{\{\s*#").expect("the pattern is correct")
    });
    let mut faults = Vec::new();
    for page in &context.book.pages {
        let understood = page.includes.len();
        // mdBook allows white space before the number sign.
        let written = DIRECTIVE.find_iter(&page.raw).count();
        if written > understood {
            faults.push(Fault::new(
                page.path.display(),
                format!(
                    "{understood} of its {written} {{{{#…}}}} directives are \
                     includes of a file"
                ),
                "only those are used in this book",
            ));
        }
        for include in &page.includes {
            let at = page.at(include.line);
            let path = include.path.display();
            if context.workspace.unreadable.contains(&include.path) {
                continue;
            }
            let text =
                match fs::read_to_string(context.book.root.join(&include.path))
                {
                    Ok(text) => text,
                    Err(error) => {
                        let what = format!("{path} cannot be read: {error}");
                        faults.push(Fault::new(at, what, ""));
                        continue;
                    }
                };
            let Some(part) = &include.part else { continue };
            for mark in ["ANCHOR: ", "ANCHOR_END: "] {
                let mark = format!("{mark}{part}");
                if !text.lines().any(|line| line.trim().ends_with(&mark)) {
                    let what = format!("{path} has no `{mark}`");
                    faults.push(Fault::new(&at, what, ""));
                }
            }
        }
    }
    faults
}
