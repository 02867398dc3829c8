//! How a reader gets from page to page.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use crate::fault::{Edit, Fault};
use crate::files::file_name;
use crate::pages::{GLOSSARY, Page, Part, PartKind};
use crate::site::{Fold, RenderedPage};

/// The page of a section that holds questions and exercises.
const PRACTICE: &str = "practice.md";

/// Each page says below its title what it is for, and in its last paragraph
/// where to go; the last page of a section is that with the exercises.
pub(super) fn ways(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for page in context.book.pages.iter().filter(|page| !page.is_list()) {
        let is_paragraph = |part: Option<&Part>| {
            part.is_some_and(|part| part.kind == PartKind::Paragraph)
        };
        if !is_paragraph(page.parts.get(1)) {
            faults.push(Fault::new(
                page.at(1),
                "no paragraph stands directly below the title",
                "say there what the page is for",
            ));
        }
        let last = page.parts.last().filter(|part| is_paragraph(Some(part)));
        let leads = last.is_some_and(|part| {
            let mut others = part.links.iter().filter_map(|link| {
                let file = link.split('#').next()?;
                context.book.page(&page.linked(file)?)
            });
            others.any(|other| other.path != page.path)
        });
        if !leads {
            faults.push(Fault::new(
                page.at(page.parts.last().map_or(1, |part| part.line)),
                "the page does not end with a paragraph that links to another \
                 page of the book",
                "say there where to go",
            ));
        }
    }
    for (entry, pages) in context.book.sections() {
        let last = pages.last().unwrap_or(&entry);
        if file_name(&last.path) != PRACTICE {
            faults.push(Fault::new(
                last.path.display(),
                format!("is the last page of {}", entry.path.display()),
                format!("list {PRACTICE} last in SUMMARY.md"),
            ));
        }
    }
    faults
}

/// How many words of prose are read in a minute.
const WORDS: f64 = 200.0;

/// How many lines of code or output are read in a minute.
const LINES: f64 = 30.0;

/// How long a page takes to read, in minutes: the words of its prose and the
/// lines of code that stand open.
fn minutes_of(page: &RenderedPage) -> u32 {
    let open = page.code.iter().filter(|code| code.fold == Fold::Open);
    let lines: usize = open.map(|code| code.lines).sum();
    let minutes = page.words as f64 / WORDS + lines as f64 / LINES;
    (minutes.ceil() as u32).max(1)
}

/// A page as the entry of its section lists it.
struct Item<'a> {
    line: usize,
    title: String,
    path: PathBuf,
    minutes: &'a str,
}

/// The entry of a section lists its pages, in order, by their titles, and each
/// with the minutes that it takes.
pub(super) fn minutes(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (entry, pages) in context.book.sections() {
        let items = items(entry);
        let listed: Vec<&Path> = items.iter().map(|i| &*i.path).collect();
        let wanted: Vec<&Path> = pages.iter().map(|p| &*p.path).collect();
        if listed != wanted {
            faults.push(not_in_order(entry, &listed, &pages));
        }
        for item in &items {
            let Some(page) = context.book.page(&item.path) else {
                continue;
            };
            if item.title != page.name {
                faults.push(Fault::new(
                    entry.at(item.line),
                    format!(
                        "calls the page `{}`, and SUMMARY.md `{}`",
                        item.title, page.name
                    ),
                    "give it one title",
                ));
            }
            let minutes = context.site.of(page).map(minutes_of);
            let Some(minutes) = minutes else { continue };
            if item.minutes != minutes.to_string() {
                let fault = Fault::new(
                    entry.at(item.line),
                    format!(
                        "{} takes {minutes} min, and not {}",
                        page.path.display(),
                        item.minutes
                    ),
                    format!("write {minutes} min"),
                );
                faults.push(fault.or_write(Edit {
                    file: entry.path.clone(),
                    line: item.line,
                    old: format!("), {} min", item.minutes),
                    new: format!("), {minutes} min"),
                }));
            }
        }
    }
    faults.extend(titles(context));
    faults
}

/// The title of a page is the one that the table of contents gives it.
fn titles(context: &Context) -> Vec<Fault> {
    let pages = context.book.pages.iter();
    let titled = pages.filter_map(|page| Some((page, page.parts.first()?)));
    titled
        .filter(|(page, title)| title.words != page.name)
        .map(|(page, title)| {
            Fault::new(
                page.at(1),
                format!(
                    "the title is `{}`, and SUMMARY.md calls the page `{}`",
                    title.words, page.name
                ),
                "give it one title",
            )
        })
        .collect()
}

fn not_in_order(entry: &Page, listed: &[&Path], pages: &[&Page]) -> Fault {
    let missing = pages.iter().find(|p| !listed.contains(&&*p.path));
    let what = match missing {
        Some(page) => {
            format!("does not list {}", page.path.display())
        }
        None => "lists its pages in another order than SUMMARY.md, or others"
            .to_owned(),
    };
    let example = missing.unwrap_or(&pages[0]);
    let file = example.path.strip_prefix("src").unwrap_or(&example.path);
    let mend = format!(
        "one line for each, as in `- [{}]({}), 0 min: what the reader gets.`",
        example.name,
        file.display()
    );
    Fault::new(entry.path.display(), what, mend)
}

fn items(entry: &Page) -> Vec<Item<'_>> {
    static ITEM: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^- \[(.+)\]\(([^()]+\.md)\), (\d+) min: \S")
            .expect("the pattern is correct")
    });
    let home = entry.path.parent().unwrap_or(Path::new(""));
    let folder = entry.path.with_extension("");
    let lines = entry.raw.lines().enumerate();
    let items = lines.filter_map(|(number, line)| {
        let found = ITEM.captures(line)?;
        let (_, [title, path, minutes]) = found.extract();
        Some(Item {
            line: number + 1,
            title: title.replace('`', ""),
            path: home.join(path),
            minutes,
        })
    });
    items
        .filter(|item| item.path.starts_with(&folder))
        .collect()
}

/// A word of the glossary is linked once on a page, where it is explained, and
/// never in the first paragraph.
pub(super) fn terms(context: &Context) -> Vec<Fault> {
    static RAW: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("<a [^>]*href=[\"']?([^\"'>]+)").expect("correct pattern")
    });
    let glossary = Path::new(GLOSSARY).file_stem();
    let mut faults = Vec::new();
    for page in context.book.pages.iter().filter(|page| !page.is_list()) {
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let mut parts = page.parts.iter();
        let opening = parts.clone().position(|p| p.kind == PartKind::Paragraph);
        let opening = opening.and_then(|index| parts.nth(index));
        let parts = page.parts.iter().flat_map(|part| {
            let raw = RAW.captures_iter(&page.raw[part.range.clone()]);
            let raw = raw.filter_map(|link| Some(link.get(1)?.as_str()));
            let links = part.links.iter().map(String::as_str).chain(raw);
            links.map(|link| (part.line, link)).collect::<Vec<_>>()
        });
        for (line, link) in parts {
            let Some((file, term)) = link.split_once('#') else {
                continue;
            };
            if Path::new(file).file_stem() != glossary {
                continue;
            }
            if opening.is_some_and(|part| part.line == line) {
                let what = format!("links to `{term}` where the page opens");
                let mend = "link it where it is explained";
                faults.push(Fault::new(page.at(line), what, mend));
            }
            if let Some(first) = seen.insert(term, line) {
                faults.push(Fault::new(
                    page.at(line),
                    format!(
                        "links to `{term}` of the glossary again, after line \
                         {first}"
                    ),
                    "link it once on a page",
                ));
            }
        }
    }
    faults
}
