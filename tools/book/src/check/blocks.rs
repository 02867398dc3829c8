//! Every block of code is of a kind that some test proves.

use std::path::Path;

use super::{Context, ledger};
use crate::fault::Fault;
use crate::files::End;
use crate::listings::{Kind, Listing, Workspace};
use crate::pages::{Block, Include, LEDGER, Page};

/// What a block shows, decided by its first word and its source.
pub enum Proof<'a> {
    /// A whole program that `outputs` runs.
    Program(&'a Listing),
    /// A program that `broken` compiles.
    Broken(&'a Listing),
    /// A whole file of an exercise or of a section's package, which cargo
    /// compiles with its tests.
    File,
    /// A program written in the page, which `skeptic` runs.
    Inline,
}

/// How a `rust` block is proven; `None` if nothing proves it.
pub fn proof<'a>(workspace: &'a Workspace, block: &Block) -> Option<Proof<'a>> {
    let Some(source) = &block.source else {
        return Some(Proof::Inline);
    };
    let whole = is_whole(workspace, block);
    let Some(listing) = workspace.listing_of(&source.path) else {
        let compiled = workspace.text(&source.path).is_some();
        return (compiled && whole).then_some(Proof::File);
    };
    match listing.kind {
        Kind::Broken => Some(Proof::Broken(listing)),
        Kind::Example => whole.then_some(Proof::Program(listing)),
        Kind::Cpp | Kind::Answer => None,
    }
}

/// Whether the reader copies the whole program that a block includes. Of a file
/// that cannot be read, the rule `files` says so.
fn is_whole(workspace: &Workspace, block: &Block) -> bool {
    let source = block.source.as_ref();
    source.is_some_and(|source| {
        let text = workspace.text(&source.path);
        workspace.unreadable.contains(&source.path)
            || text.is_some_and(|text| {
                without_anchors(&block.program()) == without_anchors(text)
            })
    })
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

/// Every block is one of the kinds that some test proves, and stands in the
/// figure of its listing.
pub(super) fn blocks(context: &Context) -> Vec<Fault> {
    let workspace = &context.workspace;
    let mut faults = Vec::new();
    for page in &context.book.pages {
        for block in &page.blocks {
            let found = displaced(workspace, page, block)
                .into_iter()
                .chain(altered(workspace, block))
                .chain(unproven(workspace, page, block));
            let figure = page
                .figure_of(block)
                .map_or(String::new(), |f| format!(" (listing `{}`)", f.id));
            faults.extend(found.map(|(what, mend)| {
                let at = format!("{}{figure}", page.at(block.line));
                Fault::new(at, what, mend)
            }));
        }
    }
    faults
}

/// What is wrong, and what mends it.
type Wrong = (String, &'static str);

fn displaced(
    workspace: &Workspace,
    page: &Page,
    block: &Block,
) -> Option<Wrong> {
    let owner = workspace.owner(&block.source.as_ref()?.path)?;
    let figure = page.figure_of(block).map(|f| f.id.as_str());
    let what =
        format!("the block belongs to `{owner}` and stands outside its figure");
    (figure != Some(owner)).then_some((what, "move it into that figure"))
}

/// mdBook also expands what an included file contains.
fn altered(workspace: &Workspace, block: &Block) -> Option<Wrong> {
    let source = block.source.as_ref().filter(|s| s.part.is_none())?;
    let file = workspace.text(&source.path)?;
    let same = file.trim_end() == block.text.trim_end()
        || workspace.unreadable.contains(&source.path);
    let what = "the block shows more or less than the file it includes";
    (!same).then(|| (what.to_owned(), ""))
}

fn unproven(
    workspace: &Workspace,
    page: &Page,
    block: &Block,
) -> Option<Wrong> {
    let hidden = |line: &str| {
        let line = line.trim_start();
        line.is_empty() || line == "#" || line.starts_with("# ")
    };
    if block.is_rust() && block.text.lines().all(hidden) {
        return Some(("the reader sees no line of the program".to_owned(), ""));
    }
    let source = block.source.as_ref();
    let end = block.end();
    let owned = source.is_some_and(|s| workspace.owner(&s.path).is_some());
    let kind = source
        .and_then(|s| workspace.listing_of(&s.path))
        .map(|listing| listing.kind);
    let tags: Vec<&str> = block.tags.iter().map(String::as_str).collect();
    let (proven, what, mend) = match tags[..] {
        ["rust"] => return unproven_rust(workspace, block),
        ["rust", "compile_fail"] if kind == Some(Kind::Broken) => {
            let whole = is_whole(workspace, block);
            (whole, "the block shows a part of a program", HIDE)
        }
        ["rust", "compile_fail"] => (
            false,
            "`compile_fail` accepts any error, even a misspelt word",
            "put the program into broken/ and include it",
        ),
        ["cpp" | "c"] => (
            kind == Some(Kind::Cpp)
                && source.is_some_and(|source| source.part.is_none())
                && end.is_some_and(|end| end.text() == tags[0]),
            "nobody compiles this block",
            "a `cpp` or `c` block includes a whole program of that language \
             from cpp/",
        ),
        ["markdown"] => (
            kind == Some(Kind::Answer)
                && source.is_some_and(|source| source.part.is_none()),
            "nobody judges this block",
            "a `markdown` block includes a whole answer from answers/",
        ),
        ["text"] => (
            is_red(page, block)
                || owned && matches!(end, Some(End::Stdout | End::Stderr)),
            "a `text` block is an output, and nobody compares this one",
            "include a .stdout or .stderr file",
        ),
        ["diff"] => (
            owned && end == Some(End::Diff),
            "a `diff` block shows what one listing must change to become \
             another, and nobody compares this one",
            "include a .diff file",
        ),
        ["toml"] => (
            workspace.sections.iter().any(|s| block.shows(&s.manifest)),
            "nobody reads this manifest",
            "a `toml` block includes a part of the manifest of a section",
        ),
        ["console"] => {
            let right = |line: &&str| {
                ["$ ", "# "].iter().any(|start| line.starts_with(start))
                    || line.is_empty()
            };
            let line = block.text.lines().find(|line| !right(line))?;
            let what = format!("`{line}` does not start with `$ `");
            let mend = "a `console` block holds commands and no output";
            return Some((what, mend));
        }
        _ => {
            let what =
                format!("no test proves a block tagged `{}`", tags.join(","));
            let mend = "use rust, rust,compile_fail, cpp, c, markdown, text, \
                        diff, toml or console";
            return Some((what, mend));
        }
    };
    (!proven).then(|| (what.to_owned(), mend))
}

/// Whether the block is one that the ledger shows of what the checkers said.
fn is_red(page: &Page, block: &Block) -> bool {
    let kept = |source: &Include| {
        source.part.is_none()
            && source.path.parent() == Some(Path::new(ledger::RED))
    };
    page.path == Path::new(LEDGER) && block.source.as_ref().is_some_and(kept)
}

/// How a part of a program is shown.
const HIDE: &str = "use {{#rustdoc_include FILE:ANCHOR}}, which hides the rest \
                    instead of dropping it";

fn unproven_rust(workspace: &Workspace, block: &Block) -> Option<Wrong> {
    let asserts = || {
        block.text.lines().any(|line| {
            let code = line.split("//").next().unwrap_or_default();
            code.contains("assert")
        })
    };
    let (what, mend) = match proof(workspace, block) {
        Some(Proof::Program(_) | Proof::File) => return None,
        Some(Proof::Broken(_)) => {
            ("a broken listing is tagged so", "```rust,compile_fail")
        }
        Some(Proof::Inline) if !block.text.contains("fn main()") => {
            ("an inline program needs a `fn main()`", "")
        }
        Some(Proof::Inline) if !asserts() => (
            "an inline program asserts what it shows, so that a change of one \
             value is noticed",
            "",
        ),
        Some(Proof::Inline) => return None,
        None => (
            "the block shows a part of a program, and the reader would copy \
             only that part",
            HIDE,
        ),
    };
    Some((what.to_owned(), mend))
}
