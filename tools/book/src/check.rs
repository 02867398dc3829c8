//! What holds between pages, listings, commands, links and claims.
//!
//! A rule looks for one kind of fault. It is a function in a module below this
//! one, and stands once, in [`RULES`]: the test `pages` and the tests of the
//! checkers take it from there. What they read is a [`Context`].

use std::path::Path;
use std::sync::OnceLock;
use std::thread;

use anyhow::{Result, anyhow};
use cargo_metadata::{Metadata, MetadataCommand};

use crate::build::cargo;
use crate::fault::Fault;
use crate::listings::Workspace;
use crate::pages::{Book, Page, line_of};
use crate::site::{Figure, RenderedPage, Shows, Site};

mod blocks;
mod commands;
mod corrections;
mod drawings;
mod figures;
mod ledger;
mod links;
mod loose;
mod numbers;
mod outputs;
mod pages;
mod playground;
mod predictions;
mod promises;
mod reading;
mod repeated;
mod symptoms;
mod theme;
mod variations;

pub use blocks::{Proof, proof};
pub use numbers::{Bound, Shown, bound};
pub use repeated::change;

/// One rule: it finds every fault of its kind.
pub type Rule = fn(&Context) -> Vec<Fault>;

/// Every rule, with the name of its test.
pub const RULES: &[(&str, Rule)] = &[
    ("files", pages::files),
    ("pages", pages::pages),
    ("rendered", pages::rendered),
    ("includes", pages::includes),
    ("listings", figures::listings),
    ("exercises", figures::exercises),
    ("variations", variations::variations),
    ("repairs", variations::repairs),
    ("promises", promises::promises),
    ("numbers", numbers::numbers),
    ("commands", commands::commands),
    ("readme", commands::readme),
    ("blocks", blocks::blocks),
    ("predictions", predictions::predictions),
    ("outputs", outputs::outputs),
    ("hosts", outputs::hosts),
    ("repeated", repeated::repeated),
    ("plots", drawings::plots),
    ("recordings", drawings::recordings),
    ("anatomies", drawings::anatomies),
    ("links", links::links),
    ("symptoms", symptoms::symptoms),
    ("external links", links::external_links),
    ("corrections", corrections::corrections),
    ("claim numbers", corrections::claim_numbers),
    ("ways", reading::ways),
    ("minutes", reading::minutes),
    ("terms", reading::terms),
    ("playground", playground::offers),
    ("policy", theme::policy),
    ("versions", theme::versions),
    ("ledger", ledger::ledger),
    ("loose", loose::loose),
];

/// All that a rule may look at, read once.
#[derive(Debug)]
pub struct Context {
    /// The listings and exercises.
    pub workspace: Workspace,
    /// The pages.
    pub book: Book,
    /// The rendered pages.
    pub site: Site,
    manifests: OnceLock<Result<Metadata, String>>,
}

impl Context {
    /// Reads and renders the book below `root`.
    ///
    /// # Errors
    ///
    /// When mdBook cannot read or render it.
    ///
    /// # Panics
    ///
    /// When mdBook panics.
    pub fn load(root: &Path) -> Result<Context> {
        let workspace = Workspace::load(root);
        // Rendering takes as long as everything else.
        let (mut book, site) = thread::scope(|scope| -> Result<_> {
            let site = scope.spawn(|| Site::render(root));
            let book = Book::load(root)?;
            Ok((book, site.join().expect("rendering does not panic")?))
        })?;
        for page in &mut book.pages {
            if let Some(seen) = site.of(page) {
                let figures = placed(seen, page);
                assign(seen, page);
                page.figures = figures;
            }
        }
        Ok(Context {
            workspace,
            book,
            site,
            manifests: OnceLock::new(),
        })
    }

    /// The pages of the book, each with what the reader sees of it.
    pub fn pages(&self) -> impl Iterator<Item = (&Page, &RenderedPage)> {
        self.book.pages.iter().filter_map(|page| {
            let seen = self.site.of(page)?;
            Some((page, seen))
        })
    }

    /// The figures that show this, each with its page.
    pub fn figures(
        &self,
        shows: Shows,
    ) -> impl Iterator<Item = (&Page, &Figure)> {
        let pages = self.book.pages.iter();
        pages
            .flat_map(|page| page.figures.iter().map(move |f| (page, f)))
            .filter(move |(_, figure)| figure.shows == shows)
    }

    /// What cargo says of the manifests, without the dependencies of
    /// dependencies: asked once, and only where it matters.
    ///
    /// # Errors
    ///
    /// When cargo cannot read them.
    pub fn manifests(&self) -> Result<&Metadata> {
        let manifests = self.manifests.get_or_init(|| {
            MetadataCommand::new()
                .cargo_path(cargo())
                .current_dir(&self.workspace.root)
                .no_deps()
                .exec()
                .map_err(|error| error.to_string())
        });
        manifests
            .as_ref()
            .map_err(|error| anyhow!("cargo metadata: {error}"))
    }
}

/// The figures that the reader sees, each with the line in which it is written.
fn placed(seen: &RenderedPage, page: &Page) -> Vec<Figure> {
    let mut written = page.raw.match_indices("<figure");
    let figures = seen.figures.iter().cloned();
    figures
        .map(|mut figure| {
            let at = written.next().map_or(0, |(offset, _)| offset);
            figure.line = line_of(&page.raw, at);
            figure
        })
        .collect()
}

/// Tells each block of a page where the reader sees it. A `<pre>` that is no
/// block is left over; the rule `rendered` finds it.
fn assign(seen: &RenderedPage, page: &mut Page) {
    let mut code = seen.code.iter();
    for block in &mut page.blocks {
        let text = squeezed(&match block.is_rust() {
            true => block.program(),
            false => block.text.clone(),
        });
        let mut rest = code.clone();
        if let Some(found) = rest.find(|code| squeezed(&code.text) == text) {
            block.figure = found.figure;
            block.what_if = found.what_if;
            block.fold = found.fold;
            code = rest;
        }
    }
}

/// The text without white space, which a renderer may change.
fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}
