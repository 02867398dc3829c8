//! The rendered book: what a browser gets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use similar::get_close_matches;

use crate::files::below;
use crate::pages::Page;

mod read;

/// The rendered book.
#[derive(Debug)]
pub struct Site {
    /// The folder it was rendered into.
    pub dir: PathBuf,
    /// The pages by their place in that folder, such as `ch06-09/rules.html`.
    pub pages: BTreeMap<String, Arc<RenderedPage>>,
    /// The page for "not found". It is served from any depth, so its links
    /// start at the site's root and do not resolve here.
    pub not_found: Arc<RenderedPage>,
}

/// One rendered page.
#[derive(Debug, Default)]
pub struct RenderedPage {
    /// Every anchor on it, with the number of elements that bear it.
    pub anchors: BTreeMap<String, usize>,
    /// Where its links, scripts, styles and images point.
    pub links: BTreeSet<String>,
    /// Where a reader's click leads out of the book.
    pub external: BTreeSet<String>,
    /// The rows of its tables.
    pub rows: Vec<Row>,
    /// What stands in each `<pre>`.
    pub code: Vec<Code>,
    /// Its figures.
    pub figures: Vec<Figure>,
    /// How many of its predictions stand open.
    pub open_predictions: usize,
    /// Its blocks of class `whatif`.
    pub what_ifs: Vec<WhatIfBlock>,
    /// How many words of prose it has: those outside code and drawings.
    pub words: usize,
    /// The elements that are in the page and that no reader sees.
    pub hidden: usize,
    /// Its content security policies.
    pub policies: Vec<String>,
    /// The scripts that stand in the page itself.
    pub scripts: Vec<String>,
    /// Its attributes that hold a script, such as `onclick`.
    pub handlers: Vec<String>,
}

/// What stands in a `<pre>`.
#[derive(Clone, Debug, Default)]
pub struct Code {
    /// The text, with the lines that mdBook hides.
    pub text: String,
    /// How many lines the reader sees.
    pub lines: usize,
    /// The figure around it, by its index.
    pub figure: Option<usize>,
    /// The `<details class="whatif">` around it, by its index.
    pub what_if: Option<usize>,
    /// Whether the reader sees it at once.
    pub fold: Fold,
}

/// `<details class="whatif">`: a variation, as a page shows it.
#[derive(Clone, Debug, Default)]
pub struct WhatIfBlock {
    /// The anchor, `NAME.WORD`.
    pub id: String,
    /// Whether it stands open.
    pub open: bool,
    /// The figure around it, by its index.
    pub figure: Option<usize>,
    /// The words of its summary, without code.
    pub question: String,
    /// The code at the end of its summary.
    pub command: String,
}

/// Whether a part of a page is seen at once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Fold {
    /// It is.
    #[default]
    Open,
    /// It stands in a closed `<details>`.
    Closed,
    /// It stands in a closed `<details class="predict">`.
    Prediction,
}

/// `<figure class="…">`: a listing, an exercise or a drawing, as a page shows
/// it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figure {
    /// What its class says that it shows.
    pub shows: Shows,
    /// The anchor, which is the listing's name, or the exercise's.
    pub id: String,
    /// The line of its tag in the page as it is written, from 1.
    pub line: usize,
    /// The words of its caption.
    pub caption: String,
    /// What stands in `<code>` in the caption.
    pub commands: Vec<String>,
    /// What stands in `<code>` anywhere, outside a `<pre>`.
    pub quotes: Vec<String>,
    /// How many items of a list stand in it.
    pub items: usize,
    /// The questions above what it keeps closed.
    pub questions: String,
    /// `data-claims`: the claims of the sources that the listing corrects.
    pub claims: Vec<String>,
    /// `data-blocks`: the blocks of the sources that it is the counterpart of.
    pub counterparts: Vec<String>,
    /// `data-run`: the page offers to run it on the Rust Playground.
    pub run: bool,
    /// `data-of`: the listing whose parts it names.
    pub of: String,
    /// How many drawings stand in it and in nothing else.
    pub drawings: usize,
}

/// What a figure shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Shows {
    /// A program and what it prints.
    Listing,
    /// A starter, what its tests say, and a solution.
    Exercise,
    /// What the tasks or threads of a listing did.
    Recording,
    /// What was measured.
    Plot,
    /// The parts of a listing.
    Anatomy,
    /// Nothing that is known.
    #[default]
    Unknown,
}

/// A table row; without an anchor in its first cell, its `id` is empty.
#[derive(Clone, Debug)]
pub struct Row {
    /// The anchor.
    pub id: String,
    /// The text of each cell.
    pub cells: Vec<String>,
    /// Where the links of the row point, without the one to itself.
    pub links: Vec<String>,
}

const NOT_FOUND: &str = "404.html";

impl Site {
    /// Renders the book in `root` with the pinned mdBook and parses the pages.
    ///
    /// # Errors
    ///
    /// When mdBook fails or a page cannot be read.
    pub fn render(root: &Path) -> Result<Site> {
        let mut book = MDBook::load(root)?;
        book.config.build.build_dir = "target/rendered-book".into();
        // As `mdbook serve` renders: with the script that reloads a page, which
        // the policy of the pages must allow, too.
        book.config
            .set("output.html.live-reload-endpoint", "__livereload")?;
        // The pages are what they are with a full index, which no rule reads,
        // and which takes as long to make as they do.
        let no_page = BTreeMap::from([("enable", false)]);
        book.config.set(
            "output.html.search.chapter",
            BTreeMap::from([("", no_page)]),
        )?;
        book.build().context("mdBook cannot render the book")?;
        let dir = book.build_dir_for("html");
        let mut pages = BTreeMap::new();
        for path in below(&dir)? {
            if path.extension().is_some_and(|end| end == "html") {
                let text = fs::read_to_string(&path)?;
                let name = path.strip_prefix(&dir)?.to_string_lossy();
                let name = name.replace('\\', "/");
                pages.insert(name, page(text));
            }
        }
        let not_found = pages.remove(NOT_FOUND).context("no 404.html")?;
        Ok(Site {
            dir,
            pages,
            not_found,
        })
    }

    /// What a reader sees of a page.
    pub fn of(&self, page: &Page) -> Option<&RenderedPage> {
        self.pages.get(&page.html()).map(|seen| &**seen)
    }

    /// Every file that a browser shows as a page, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &RenderedPage)> {
        let pages = self.pages.iter().map(|(name, page)| (&**name, &**page));
        pages.chain([(NOT_FOUND, &*self.not_found)])
    }

    /// Says what is wrong with `link` on the page `from`; `None` if it leads
    /// somewhere or leaves the book.
    pub fn fault(&self, from: &str, link: &str) -> Option<String> {
        if is_external(link) {
            return None;
        }
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let Some(file) = resolved(from, file) else {
            return Some("it leaves the folder of the book".to_owned());
        };
        let Some(page) = self.pages.get(&file) else {
            let there = self.dir.join(&file).is_file();
            return (!there).then(|| format!("there is no file {file}"));
        };
        let known = anchor.is_empty() || page.anchors.contains_key(anchor);
        (!known).then(|| {
            let all: Vec<_> = page.anchors.keys().map(String::as_str).collect();
            let near = match get_close_matches(anchor, &all, 1, 0.4)[..] {
                [near] => format!("; is it #{near}?"),
                _ => String::new(),
            };
            format!("{file} has no anchor #{anchor}{near}")
        })
    }
}

/// A page with this text. One test renders the tiny book 200 times, and most of
/// its pages are then what they were.
fn page(text: String) -> Arc<RenderedPage> {
    static KNOWN: Mutex<BTreeMap<String, Arc<RenderedPage>>> =
        Mutex::new(BTreeMap::new());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(page) = known().get(&text) {
        return Arc::clone(page);
    }
    let page = Arc::new(RenderedPage::parse(&text));
    known().insert(text, Arc::clone(&page));
    page
}

/// The file that a link without its anchor names on the page `from`; `None` if
/// that lies outside the book.
pub fn resolved(from: &str, link: &str) -> Option<String> {
    if link.is_empty() {
        return Some(from.to_owned());
    }
    if link.starts_with('/') {
        return None;
    }
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            ".." => {
                parts.pop()?;
            }
            "." => {}
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a link leaves the book.
pub fn is_external(link: &str) -> bool {
    ["https:", "http:", "mailto:", "data:"]
        .iter()
        .any(|scheme| link.starts_with(scheme))
}

/// The words of a text, with one space between two of them.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
