//! The rendered book: what a browser gets.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use mdbook_driver::MDBook;
use scraper::{ElementRef, Html, Selector};

use crate::listings::children;

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
#[derive(Debug)]
pub struct RenderedPage {
    /// Every anchor on it, with the number of elements that bear it.
    pub anchors: BTreeMap<String, usize>,
    /// Where its links, scripts, styles and images point.
    pub links: BTreeSet<String>,
    /// Where a reader's click leads out of the book.
    pub external: BTreeSet<String>,
    /// The rows of its tables.
    pub rows: Vec<Row>,
    /// What the reader sees in each `<pre>`, hidden lines included.
    pub code: Vec<String>,
    /// The anchors of its figures, without those of drawings.
    pub figures: Vec<String>,
    /// How many figures show a recording.
    pub recordings: usize,
    /// How many figures show a plot.
    pub plots: usize,
    /// The pictures that name the parts of a listing.
    pub anatomies: Vec<Anatomy>,
    /// The elements that are in the page and that no reader sees.
    pub hidden: usize,
    /// Its content security policies.
    pub policies: Vec<String>,
    /// The scripts that stand in the page itself.
    pub scripts: Vec<String>,
    /// Its attributes that hold a script, such as `onclick`.
    pub handlers: Vec<String>,
}

/// `<figure class="anatomy" data-of="NAME">`: how the parts of a listing work
/// together, with what stands in the listing as code.
#[derive(Clone, Debug)]
pub struct Anatomy {
    /// The name of the listing.
    pub of: String,
    /// What the picture quotes.
    pub code: Vec<String>,
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
        book.build().context("mdBook cannot render the book")?;
        let dir = book.build_dir_for("html");
        let mut pages = BTreeMap::new();
        let mut folders = vec![dir.clone()];
        while let Some(folder) = folders.pop() {
            for path in children(&folder)? {
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|e| e == "html") {
                    let text = fs::read_to_string(&path)?;
                    let name = path.strip_prefix(&dir)?.to_string_lossy();
                    let name = name.replace('\\', "/");
                    pages.insert(name, RenderedPage::parse(&text));
                }
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
        let mut anchors: BTreeMap<String, usize> = BTreeMap::new();
        for element in html.select(&selector("[id]")) {
            let id = element.attr("id").unwrap_or_default();
            *anchors.entry(id.to_owned()).or_default() += 1;
        }
        let links = html
            .select(&selector("[href], [src]"))
            .filter_map(link)
            .collect();
        let external = html
            // The link that suggests an edit is another one on each page.
            .select(&selector("main a[href], footer a:not([rel=edit])"))
            .filter_map(link)
            .filter(|link| link.starts_with("http"))
            .collect();
        let rows = html.select(&selector("tr")).filter_map(row).collect();
        RenderedPage {
            anchors,
            links,
            external,
            rows,
            code: html
                .select(&selector("main pre"))
                .map(|pre| pre.text().collect())
                .collect(),
            figures: html
                .select(&selector(
                    "main figure:not(.recording, .plot, .anatomy)",
                ))
                .map(|figure| figure.attr("id").unwrap_or_default().to_owned())
                .collect(),
            recordings: html
                .select(&selector("main figure.recording > trace-player"))
                .count(),
            plots: html
                .select(&selector("main figure.plot"))
                .filter(|figure| {
                    figure.select(&selector(":scope > svg")).count() == 1
                })
                .count(),
            anatomies: html
                .select(&selector("main figure.anatomy"))
                .map(|figure| Anatomy {
                    of: figure.attr("data-of").unwrap_or_default().to_owned(),
                    code: figure
                        .select(&selector("code"))
                        .map(|code| code.text().collect())
                        .collect(),
                })
                .collect(),
            hidden: html
                .select(&selector("main [hidden], main figure[style]"))
                .count(),
            policies: html
                .select(&selector("meta[http-equiv='Content-Security-Policy']"))
                .map(|meta| meta.attr("content").unwrap_or_default().to_owned())
                .collect(),
            scripts: html
                .select(&selector("script:not([src])"))
                .map(|script| script.text().collect())
                .collect(),
            handlers: html
                .select(&selector("*"))
                .flat_map(|element| element.value().attrs())
                .filter(|(name, _)| name.starts_with("on"))
                .map(|(name, value)| format!("{name}=\"{value}\""))
                .collect(),
        }
    }
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
            .filter_map(link)
            .filter(|href| *href != own)
            .collect(),
        id,
    })
}

fn link(element: ElementRef) -> Option<String> {
    let link = element.attr("href").or_else(|| element.attr("src"))?;
    Some(link.to_owned())
}

fn selector(css: &str) -> Selector {
    Selector::parse(css).expect("the selector is correct")
}
