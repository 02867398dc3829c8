//! The pages, as they are written and as mdBook expands them.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use mdbook_driver::builtin_renderers::MarkdownRenderer;

use crate::files::below;
use crate::site::{Figure, Fold, is_external};

mod block;
mod markdown;
pub(crate) mod prose;

pub use block::{Block, Include};
pub use markdown::count_blocks;
pub(crate) use markdown::{MARKDOWN, line_of};
use markdown::{Written, includes, normal, only_include};
use prose::{Sentence, sentences};

/// The folder of the pages.
pub const PAGES: &str = "src";

/// The page that says what the sources of the book have wrong.
pub const CORRECTIONS: &str = "src/appendix-corrections.md";

/// The page that says what words mean.
pub const GLOSSARY: &str = "src/appendix-glossary.md";

/// The page that says what is proven, and what is compared less strictly.
pub const LEDGER: &str = "src/appendix-ledger.md";

/// Every page of the book, in the order of its table of contents.
#[derive(Debug)]
pub struct Book {
    /// The folder with `book.toml`.
    pub root: PathBuf,
    /// The pages.
    pub pages: Vec<Page>,
}

/// One page.
#[derive(Clone, Debug)]
pub struct Page {
    /// The file, relative to the root: `src/ch06-02-….md`.
    pub path: PathBuf,
    /// What the table of contents calls it, without backticks.
    pub name: String,
    /// The page as it is written.
    pub raw: String,
    /// The fenced code blocks.
    pub blocks: Vec<Block>,
    /// Its headings and paragraphs, and what else stands between them.
    pub parts: Vec<Part>,
    /// Its running text.
    pub(crate) sentences: Vec<Sentence>,
    /// Every `{{#include}}` and `{{#rustdoc_include}}`.
    pub includes: Vec<Include>,
    /// The `[text][name]` whose `name` is defined nowhere, with their lines.
    pub undefined: Vec<(usize, String)>,
    /// Its figures as the reader sees them; none before it is rendered.
    pub figures: Vec<Figure>,
}

/// A part of a page at its top level.
#[derive(Clone, Debug)]
pub struct Part {
    /// What it is.
    pub kind: PartKind,
    /// Where it stands in the page as it is written.
    pub range: Range<usize>,
    /// Its first line, from 1.
    pub line: usize,
    /// The words that the reader sees.
    pub words: String,
    /// Where its links point.
    pub links: Vec<String>,
}

/// What a part of a page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartKind {
    /// A heading, by its level.
    Heading(u8),
    /// A paragraph.
    Paragraph,
    /// A list, a table, a block, raw HTML.
    Other,
}

impl Book {
    /// Reads the book below `root` and lets mdBook expand it.
    ///
    /// # Errors
    ///
    /// When mdBook cannot read the book, or an included file has a fence.
    pub fn load(root: &Path) -> Result<Book> {
        let book = MDBook::load(root)
            .with_context(|| format!("no book in {}", root.display()))?;
        let (expanded, _) =
            book.preprocess_book(&MarkdownRenderer::default())?;
        let source = book.config.book.src.clone();
        let mut pages = Vec::new();
        for chapter in expanded.chapters() {
            let Some(file) = &chapter.source_path else {
                bail!("the chapter `{}` has no file", chapter.name);
            };
            let path = source.join(file);
            let raw = fs::read_to_string(root.join(&path))
                .with_context(|| format!("cannot read {}", path.display()))?;
            let name = chapter.name.replace('`', "");
            pages.push(Page::parse(path, name, raw, &chapter.content)?);
        }
        Ok(Book {
            root: root.to_owned(),
            pages,
        })
    }

    /// The page with this path.
    pub fn page(&self, path: &Path) -> Option<&Page> {
        self.pages.iter().find(|page| page.path == path)
    }

    /// The places that include `file`.
    pub fn showing(&self, file: &Path) -> Vec<String> {
        let mut places = Vec::new();
        for page in &self.pages {
            for include in page.includes.iter().filter(|i| i.path == file) {
                places.push(page.at(include.line));
            }
        }
        places
    }

    /// The sections: each entry page with the pages in its folder.
    pub fn sections(&self) -> Vec<(&Page, Vec<&Page>)> {
        let mut folders: BTreeMap<&Path, Vec<&Page>> = BTreeMap::new();
        for page in &self.pages {
            let folder = page.path.parent().unwrap_or(&page.path);
            folders.entry(folder).or_default().push(page);
        }
        let entries = self.pages.iter().filter_map(|entry| {
            let folder = entry.path.with_extension("");
            Some((entry, folders.remove(folder.as_path())?))
        });
        entries.collect()
    }
}

/// The places in pages that include `file`, for a message. It reads the pages
/// as they are written, which mdBook need not understand.
pub fn showing(root: &Path, file: &Path) -> String {
    showing_first(root, &[file])
}

/// The places in pages that include the first of `files` which any includes.
pub fn showing_first(root: &Path, files: &[&Path]) -> String {
    let places = files.iter().map(|file| places(root, file));
    match places.into_iter().find(|places| !places.is_empty()) {
        Some(places) => places.join(", "),
        None => "no page".to_owned(),
    }
}

fn places(root: &Path, file: &Path) -> Vec<String> {
    let mut places = Vec::new();
    for path in below(&root.join(PAGES)).unwrap_or_default() {
        // A page that cannot be read shows nothing.
        let Ok(raw) = fs::read_to_string(&path) else {
            continue;
        };
        let name = path.strip_prefix(root).unwrap_or(&path);
        let folder = name.parent().unwrap_or(Path::new(""));
        for include in includes(&raw, folder) {
            if include.path == file {
                places.push(format!("{}:{}", name.display(), include.line));
            }
        }
    }
    places
}

impl Page {
    fn parse(
        path: PathBuf,
        name: String,
        raw: String,
        expanded: &str,
    ) -> Result<Page> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let includes = includes(&raw, &folder);
        let written = Written::parse(&raw);
        let shown = Written::parse(expanded).fences;
        if written.fences.len() != shown.len() {
            bail!(
                "{}: {} code blocks became {} when mdBook expanded the page; \
                 an included file must not contain a fence",
                path.display(),
                written.fences.len(),
                shown.len()
            );
        }
        let blocks = written
            .fences
            .into_iter()
            .zip(shown)
            .map(|(written, shown)| Block {
                line: written.line,
                source: only_include(&written, &includes),
                tags: written.tags,
                text: shown.text,
                figure: None,
                what_if: None,
                fold: Fold::Open,
            })
            .collect();
        Ok(Page {
            path,
            name,
            blocks,
            parts: written.parts,
            sentences: sentences(&raw),
            raw,
            includes,
            undefined: written.undefined,
            figures: Vec::new(),
        })
    }

    /// `src/page.md:12`, as editors and terminals understand it.
    pub fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path.display())
    }

    /// The line, from 1, of the first occurrence of a text; 1 without one.
    pub fn line_with(&self, text: &str) -> usize {
        let offset = self.raw.find(text).unwrap_or(0);
        line_of(&self.raw, offset)
    }

    /// The rendered page, relative to the folder of the rendered book.
    pub fn html(&self) -> String {
        // The path begins with the folder of the sources.
        let file: PathBuf = self.path.components().skip(1).collect();
        let names: Vec<String> = file
            .with_extension("html")
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        names.join("/")
    }

    /// The blocks within a figure.
    pub fn blocks_of(&self, figure: &Figure) -> impl Iterator<Item = &Block> {
        let index = self.figures.iter().position(|f| f == figure);
        self.blocks
            .iter()
            .filter(move |b| index.is_some() && b.figure == index)
    }

    /// The figure around a block.
    pub fn figure_of(&self, block: &Block) -> Option<&Figure> {
        self.figures.get(block.figure?)
    }

    /// Whether it is the page of corrections or the glossary, which are lists.
    pub fn is_list(&self) -> bool {
        [CORRECTIONS, GLOSSARY]
            .map(Path::new)
            .contains(&&*self.path)
    }

    /// The file to which a link of this page leads; none if it leaves the book.
    pub fn linked(&self, file: &str) -> Option<PathBuf> {
        match file {
            "" => Some(self.path.clone()),
            file if is_external(file) => None,
            file => Some(normal(&self.path.parent()?.join(file))),
        }
    }

    /// The link from this page to a file in the folder of the pages.
    pub fn link_to(&self, file: &str) -> String {
        let depth = self.path.components().count().saturating_sub(2);
        let name = file.strip_prefix("src/").unwrap_or(file);
        format!("{}{name}", "../".repeat(depth))
    }
}
