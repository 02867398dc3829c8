//! The pages, as they are written and as mdBook expands them.

use std::fs;
use std::ops::Range;
use std::path::{Component, Path, PathBuf};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use mdbook_driver::MDBook;
use mdbook_driver::builtin_renderers::MarkdownRenderer;
use pulldown_cmark::{
    BrokenLink, CodeBlockKind, Event, Options, Parser, Tag, TagEnd,
};
use regex::Regex;

/// Every page of the book, in the order of its table of contents.
#[derive(Debug)]
pub struct Book {
    /// The folder with `book.toml`.
    pub root: PathBuf,
    /// The pages.
    pub pages: Vec<Page>,
}

/// One page.
#[derive(Debug)]
pub struct Page {
    /// The file, relative to the root: `src/ch06-02-….md`.
    pub path: PathBuf,
    /// The page as it is written.
    pub raw: String,
    /// The page as mdBook hands it to the renderer, every include expanded.
    pub expanded: String,
    /// The fenced code blocks.
    pub blocks: Vec<Block>,
    /// The figures of class `listing` and `exercise`.
    pub figures: Vec<Figure>,
    /// Every `{{#include}}` and `{{#rustdoc_include}}`.
    pub includes: Vec<Include>,
    /// The `[text][name]` whose `name` is defined nowhere, with their lines.
    pub undefined: Vec<(usize, String)>,
}

/// A fenced code block.
#[derive(Clone, Debug)]
pub struct Block {
    /// The line of the opening fence in the page as it is written, from 1.
    pub line: usize,
    /// The words after the backticks.
    pub tags: Vec<String>,
    /// The text between the fences after expansion.
    pub text: String,
    /// What the block shows, where it shows a file and nothing else.
    pub source: Option<Include>,
}

/// `{{#include PATH:ANCHOR}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The line in the page, from 1.
    pub line: usize,
    /// The file, relative to the root.
    pub path: PathBuf,
    /// What follows the colon: a line range or the name of an anchor.
    pub part: Option<String>,
}

/// `<figure class="listing" id="…">`: a listing as a page shows it; or an
/// exercise.
#[derive(Clone, Debug)]
pub struct Figure {
    /// The class says which of the two.
    pub shows: Shows,
    /// The anchor, which is the listing's name, or the exercise's.
    pub id: String,
    /// The lines from the opening tag to the closing one, from 1.
    pub lines: Range<usize>,
    /// What stands in `<code>` in the caption.
    pub commands: Vec<String>,
    /// `data-claims`: the claims of the sources that the listing corrects.
    pub claims: Vec<String>,
    /// `data-blocks`: the blocks of the sources that it is the counterpart of.
    pub sources: Vec<String>,
    /// `data-run`: the page offers to run it on the Rust Playground.
    pub run: bool,
}

/// What a figure shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shows {
    /// A program and what it prints.
    Listing,
    /// A starter, what its tests say, and a solution.
    Exercise,
}

impl Book {
    /// Reads the book below `root` and lets mdBook expand it.
    ///
    /// # Errors
    ///
    /// When mdBook cannot read the book, or a figure is not closed.
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
            pages.push(Page::parse(path, raw, chapter.content.clone())?);
        }
        Ok(Book {
            root: root.to_owned(),
            pages,
        })
    }

    /// The pages that include `file`, each with the line that does.
    pub fn showing(&self, file: &Path) -> Vec<String> {
        let mut places = Vec::new();
        for page in &self.pages {
            for include in page.includes.iter().filter(|i| i.path == file) {
                places.push(page.at(include.line));
            }
        }
        places
    }
}

impl Page {
    fn parse(path: PathBuf, raw: String, expanded: String) -> Result<Page> {
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let includes = includes(&raw, &folder);
        let (written, undefined) = fences(&raw);
        let (shown, _) = fences(&expanded);
        if written.len() != shown.len() {
            bail!(
                "{}: {} code blocks became {} when mdBook expanded the page; \
                 an included file must not contain a fence",
                path.display(),
                written.len(),
                shown.len()
            );
        }
        let blocks = written
            .into_iter()
            .zip(shown)
            .map(|(written, shown)| Block {
                line: written.line,
                source: only_include(&written, &includes),
                tags: written.tags,
                text: shown.text,
            })
            .collect();
        let figures =
            figures(&raw).with_context(|| format!("in {}", path.display()))?;
        Ok(Page {
            path,
            raw,
            expanded,
            blocks,
            figures,
            includes,
            undefined,
        })
    }

    /// `src/page.md:12`, as editors and terminals understand it.
    pub fn at(&self, line: usize) -> String {
        format!("{}:{line}", self.path.display())
    }

    /// The rendered page, relative to the folder of the rendered book.
    pub fn html(&self) -> String {
        // The path begins with the folder of the sources.
        let parts = self.path.components().skip(1);
        let file: PathBuf = parts.collect();
        let names: Vec<String> = file
            .with_extension("html")
            .components()
            .map(|part| part.as_os_str().to_string_lossy().into_owned())
            .collect();
        names.join("/")
    }

    /// The figures of one class.
    pub fn figures_of(&self, shows: Shows) -> impl Iterator<Item = &Figure> {
        self.figures.iter().filter(move |f| f.shows == shows)
    }

    /// The figure around `line`.
    pub fn figure_at(&self, line: usize) -> Option<&Figure> {
        self.figures.iter().find(|f| f.lines.contains(&line))
    }
}

impl Block {
    /// Whether the block holds Rust.
    pub fn is_rust(&self) -> bool {
        self.tags.first().is_some_and(|tag| tag == "rust")
    }

    /// The program the copy button gives: hidden lines lose their mark.
    ///
    /// mdBook hides a line that starts with `# `, as rustdoc does.
    pub fn program(&self) -> String {
        let mut program = String::new();
        for line in self.text.lines() {
            let indent = line.len() - line.trim_start().len();
            let (indent, code) = line.split_at(indent);
            match code.strip_prefix('#') {
                Some("") => {}
                Some(hidden) if hidden.starts_with(' ') => {
                    program.push_str(indent);
                    program.push_str(&hidden[1..]);
                }
                _ => program.push_str(line),
            }
            program.push('\n');
        }
        program
    }
}

/// A fenced block before its include is looked up.
struct Fence {
    line: usize,
    tags: Vec<String>,
    text: String,
}

/// The code blocks, and the links whose definition is missing. The options are
/// those with which mdBook renders: without them a block in a footnote or in a
/// definition list would be taken for a paragraph.
fn fences(text: &str) -> (Vec<Fence>, Vec<(usize, String)>) {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM;
    let mut fences: Vec<Fence> = Vec::new();
    let mut undefined = Vec::new();
    let mut open = false;
    let parser = Parser::new_with_broken_link_callback(
        text,
        options,
        Some(|link: BrokenLink| {
            let line = line_of(text, link.span.start);
            undefined.push((line, text[link.span].to_owned()));
            None
        }),
    );
    for (event, range) in parser.into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => {
                let tags = match kind {
                    CodeBlockKind::Fenced(info) => info
                        .split([',', ' '])
                        .filter(|tag| !tag.is_empty())
                        .map(str::to_owned)
                        .collect(),
                    CodeBlockKind::Indented => vec!["indented".to_owned()],
                };
                fences.push(Fence {
                    line: line_of(text, range.start),
                    tags,
                    text: String::new(),
                });
                open = true;
            }
            Event::End(TagEnd::CodeBlock) => open = false,
            Event::Text(part) if open => {
                if let Some(fence) = fences.last_mut() {
                    fence.text.push_str(&part);
                }
            }
            _ => {}
        }
    }
    (fences, undefined)
}

fn line_of(text: &str, offset: usize) -> usize {
    text[..offset].matches('\n').count() + 1
}

fn includes(text: &str, folder: &Path) -> Vec<Include> {
    static INCLUDE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\{\{#(?:rustdoc_)?include +([^:}\s]+)(?::([^}\s]+))?\s*}}")
            .expect("the pattern is correct")
    });
    INCLUDE
        .captures_iter(text)
        .map(|found| {
            let whole = found.get(0).map_or(0, |m| m.start());
            Include {
                line: line_of(text, whole),
                path: normal(&folder.join(&found[1])),
                part: found.get(2).map(|part| part.as_str().to_owned()),
            }
        })
        .collect()
}

/// `src/../listings/x` as `listings/x`, without asking the file system.
fn normal(path: &Path) -> PathBuf {
    let mut normal = PathBuf::new();
    for part in path.components() {
        match part {
            Component::ParentDir => {
                normal.pop();
            }
            Component::CurDir => {}
            other => normal.push(other),
        }
    }
    normal
}

fn only_include(fence: &Fence, includes: &[Include]) -> Option<Include> {
    static ALONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\{\{#(?:rustdoc_)?include +[^}\s]+\s*}}$")
            .expect("the pattern is correct")
    });
    let alone = ALONE.is_match(fence.text.trim());
    let line = fence.line + 1;
    includes
        .iter()
        .find(|include| alone && include.line == line)
        .cloned()
}

fn figures(text: &str) -> Result<Vec<Figure>> {
    static OPEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"<figure class="(listing|exercise)"([^>]*)>"#)
            .expect("the pattern is correct")
    });
    static CODE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?s)<code>(.*?)</code>").expect("the pattern is correct")
    });
    let mut figures = Vec::new();
    for open in OPEN.captures_iter(text) {
        let start = open.get(0).map_or(0, |m| m.start());
        let line = line_of(text, start);
        let rest = &text[start..];
        let next = rest.get(1..).and_then(|rest| rest.find("<figure"));
        let end = rest.find("</figure>");
        let Some(length) = end.filter(|end| next.is_none_or(|n| *end <= n))
        else {
            bail!("line {line}: the figure has no </figure>");
        };
        let caption = rest[..length]
            .split_once("<figcaption>")
            .and_then(|(_, after)| after.split_once("</figcaption>"))
            .map_or("", |(caption, _)| caption);
        let words = |name: &str| -> Vec<String> {
            attribute(&open[2], name)
                .split_whitespace()
                .map(str::to_owned)
                .collect()
        };
        figures.push(Figure {
            shows: match &open[1] {
                "exercise" => Shows::Exercise,
                _ => Shows::Listing,
            },
            id: attribute(&open[2], "id"),
            lines: line..line_of(text, start + length) + 1,
            commands: CODE
                .captures_iter(caption)
                .map(|code| {
                    let words: Vec<_> = code[1].split_whitespace().collect();
                    words.join(" ")
                })
                .collect(),
            claims: words("data-claims"),
            sources: words("data-blocks"),
            run: open[2].split_whitespace().any(|word| word == "data-run"),
        });
    }
    Ok(figures)
}

fn attribute(attributes: &str, name: &str) -> String {
    attributes
        .split_once(&format!(r#"{name}=""#))
        .and_then(|(_, value)| value.split_once('"'))
        .map(|(value, _)| value.to_owned())
        .unwrap_or_default()
}
