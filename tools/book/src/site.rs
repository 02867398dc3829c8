//! The rendered book: what a browser gets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use scraper::{ElementRef, Html, Selector};

use crate::files::below;

/// The rendered book.
#[derive(Debug)]
pub struct Site {
    /// The folder it was rendered into.
    pub dir: PathBuf,
    /// The pages by their place in that folder, such as `ch06-09/rules.html`.
    pub pages: BTreeMap<String, RenderedPage>,
    /// The page for "not found". It is served from any depth, so its links
    /// start at the site's root and do not resolve here.
    pub not_found: RenderedPage,
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
                pages.insert(name, RenderedPage::parse(&text));
            }
        }
        let not_found = pages.remove(NOT_FOUND).context("no 404.html")?;
        Ok(Site {
            dir,
            pages,
            not_found,
        })
    }

    /// Every file that a browser shows as a page, by name.
    pub fn files(&self) -> impl Iterator<Item = (&str, &RenderedPage)> {
        let pages = self.pages.iter().map(|(name, page)| (name.as_str(), page));
        pages.chain([(NOT_FOUND, &self.not_found)])
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
        (!known).then(|| format!("{file} has no anchor #{anchor}"))
    }
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

impl RenderedPage {
    fn parse(text: &str) -> RenderedPage {
        let html = Html::parse_document(text);
        let mut page = RenderedPage {
            rows: html.select(&selector("tr")).filter_map(row).collect(),
            ..RenderedPage::default()
        };
        page.read(html.root_element(), &Place::default());
        page
    }

    /// Notes what an element at this place is, and all that stands in it.
    fn read(&mut self, element: ElementRef, place: &Place) {
        let name = element.value().name();
        let attribute = |name: &str| element.attr(name).unwrap_or_default();
        let mut here = *place;
        self.note_attributes(element, place);
        match name {
            "main" => here.main = true,
            "footer" => here.footer = true,
            "svg" | "trace-player" => here.drawn = true,
            "figcaption" => here.caption = true,
            "summary" => here.question = here.fold != Fold::Open,
            "details" if element.attr("open").is_none() => {
                let class = attribute("class");
                match class.split(' ').any(|word| word == "predict") {
                    true => here.fold = Fold::Prediction,
                    false if here.fold == Fold::Open => {
                        here.fold = Fold::Closed;
                    }
                    false => {}
                }
                here.drawn |= self.shown_at(place) == Shows::Plot;
                if class == "whatif" {
                    self.what_ifs.push(what_if(element, place.figure));
                    here.what_if = Some(self.what_ifs.len() - 1);
                }
            }
            "details" if attribute("class").contains("predict") => {
                self.open_predictions += 1;
            }
            "details" if attribute("class") == "whatif" => {
                self.what_ifs.push(what_if(element, place.figure));
                here.what_if = Some(self.what_ifs.len() - 1);
            }
            "template" | "dialog" | "noscript" if place.main => {
                self.hidden += 1;
            }
            "figure" if place.main => {
                self.figures.push(figure(element));
                here.figure = Some(self.figures.len() - 1);
            }
            "meta" if attribute("http-equiv") == POLICY => {
                self.policies.push(attribute("content").to_owned());
            }
            "script" if element.attr("src").is_none() => {
                self.scripts.push(element.text().collect());
            }
            "pre" if place.main => {
                self.code.push(Code {
                    text: element.text().collect(),
                    lines: lines_seen(element),
                    figure: place.figure,
                    what_if: place.what_if,
                    fold: place.fold,
                });
                here.drawn = true;
            }
            "code" if !place.drawn => {
                let code = words(&element.text().collect::<String>());
                if let Some(index) = place.figure {
                    let figure = &mut self.figures[index];
                    if place.caption {
                        figure.commands.push(code.clone());
                    }
                    figure.quotes.push(code);
                }
            }
            _ => {}
        }
        for child in element.children() {
            if let Some(element) = ElementRef::wrap(child) {
                self.read(element, &here);
            } else if let Some(text) = child.value().as_text()
                && here.main
                && !here.drawn
            {
                self.note_prose(text, &here);
            }
        }
    }

    fn shown_at(&self, place: &Place) -> Shows {
        place
            .figure
            .map_or(Shows::Unknown, |f| self.figures[f].shows)
    }

    fn note_attributes(&mut self, element: ElementRef, place: &Place) {
        for (name, value) in element.value().attrs() {
            match name {
                "id" => {
                    *self.anchors.entry(value.to_owned()).or_default() += 1;
                }
                "href" | "src" => {
                    self.links.insert(value.to_owned());
                }
                "hidden" if place.main => self.hidden += 1,
                // mdBook aligns the cells of a table.
                "style" if place.main && !place.drawn => {
                    let cell = ["td", "th"].contains(&element.value().name());
                    self.hidden += usize::from(!cell);
                }
                // In raw HTML, and in what mdBook adds.
                _ if name.starts_with("on") => {
                    self.handlers.push(format!("{name}=\"{value}\""));
                }
                _ => {}
            }
        }
        // The link that suggests an edit is another one on each page.
        let edit = element.attr("rel") == Some("edit");
        if let Some(link) = element.attr("href")
            && element.value().name() == "a"
            && (place.main || place.footer && !edit)
            && link.starts_with("http")
        {
            self.external.insert(link.to_owned());
        }
    }

    fn note_prose(&mut self, text: &str, place: &Place) {
        self.words += text.split_whitespace().count();
        if let Some(index) = place.figure {
            let figure = &mut self.figures[index];
            if place.caption {
                figure.caption.push_str(text);
            } else if place.question {
                figure.questions.push_str(text);
                figure.questions.push(' ');
            }
        }
    }
}

const POLICY: &str = "Content-Security-Policy";

/// What is around an element.
#[derive(Clone, Copy, Default)]
struct Place {
    main: bool,
    footer: bool,
    figure: Option<usize>,
    what_if: Option<usize>,
    caption: bool,
    question: bool,
    fold: Fold,
    /// Code, or a part of a drawing: no prose.
    drawn: bool,
}

fn what_if(element: ElementRef, figure: Option<usize>) -> WhatIfBlock {
    let mut found = WhatIfBlock {
        id: element.attr("id").unwrap_or_default().to_owned(),
        open: element.attr("open").is_some(),
        figure,
        ..WhatIfBlock::default()
    };
    let summary = element.children().filter_map(ElementRef::wrap);
    let mut summary = summary.filter(|c| c.value().name() == "summary");
    if let Some(summary) = summary.next() {
        let whole = words(&summary.text().collect::<String>());
        let code = summary.select(&selector("code")).last();
        let code = code.map(|code| words(&code.text().collect::<String>()));
        found.command = code.unwrap_or_default();
        let question = whole.strip_suffix(&found.command).unwrap_or(&whole);
        found.question = question.trim().to_owned();
    }
    found
}

fn figure(element: ElementRef) -> Figure {
    let attribute = |name: &str| element.attr(name).unwrap_or_default();
    let list = |name: &str| -> Vec<String> {
        let list = attribute(name).split_whitespace();
        list.map(str::to_owned).collect()
    };
    let shows = match attribute("class") {
        "listing" => Shows::Listing,
        "exercise" => Shows::Exercise,
        "recording" => Shows::Recording,
        "plot" => Shows::Plot,
        "anatomy" => Shows::Anatomy,
        _ => Shows::Unknown,
    };
    let drawing = match shows {
        Shows::Plot => "svg",
        _ => "trace-player",
    };
    let children = element.children().filter_map(ElementRef::wrap);
    Figure {
        shows,
        id: attribute("id").to_owned(),
        claims: list("data-claims"),
        counterparts: list("data-blocks"),
        run: element.attr("data-run").is_some(),
        of: attribute("data-of").to_owned(),
        drawings: children.filter(|c| c.value().name() == drawing).count(),
        ..Figure::default()
    }
}

/// How many lines of a `<pre>` mdBook does not hide.
fn lines_seen(pre: ElementRef) -> usize {
    let all = pre.text().collect::<String>();
    let hidden: String = pre
        .select(&selector(".boring"))
        .flat_map(|b| b.text())
        .collect();
    let lines = |text: &str| text.trim_end().lines().count();
    lines(&all).saturating_sub(lines(&hidden))
}

/// The words of a text, with one space between two of them.
pub fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn row(element: ElementRef) -> Option<Row> {
    let cells: Vec<ElementRef> = element.select(&selector("td")).collect();
    let anchor = cells.first()?.select(&selector("[id]")).next();
    let id = anchor
        .and_then(|a| a.attr("id"))
        .unwrap_or_default()
        .to_owned();
    let own = format!("#{id}");
    Some(Row {
        cells: cells
            .iter()
            .map(|cell| cell.text().collect::<String>().trim().to_owned())
            .collect(),
        links: element
            .select(&selector("a[href]"))
            .filter_map(|link| link.attr("href"))
            .filter(|href| *href != own)
            .map(str::to_owned)
            .collect(),
        id,
    })
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("the selector is correct")
}
