//! What the book says of its sources, and where it proves it.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use regex::Regex;

use super::Context;
use crate::fault::{Edit, Fault};
use crate::pages::prose::labels_in;
use crate::pages::{CORRECTIONS, Page, PartKind, line_of};
use crate::site::{Row, Shows, is_external};

/// How many code blocks the source texts have, by source: the book has a
/// counterpart of each.
const SOURCES: &str = "tests/sources.toml";

/// The verdicts that the corrections use.
const VERDICTS: [&str; 4] = ["false", "outdated", "half-true", "unproven"];

/// Every correction has its proof, and every proof its correction.
///
/// A row of the corrections links to the listings that prove it; the figure of
/// a listing says in `data-claims` and `data-blocks` which rows it proves. Both
/// directions must agree. A row that rests on a primary source links there.
pub(super) fn corrections(context: &Context) -> Vec<Fault> {
    let Some(rows) = rows(context) else {
        return vec![Fault::new(CORRECTIONS, "the book has no such page", "")];
    };
    let figures: BTreeMap<String, &str> = context
        .figures(Shows::Listing)
        .map(|(page, figure)| {
            (format!("{}#{}", page.html(), figure.id), figure.id.as_str())
        })
        .collect();
    let mut faults = Vec::new();
    let mut proofs: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in rows {
        let links = row.links.iter();
        let proven: BTreeSet<&str> = links
            .filter_map(|link| figures.get(link).copied())
            .collect();
        faults.extend(faults_of_row(row, &proven));
        if proofs.insert(&row.id, proven).is_some() && !row.id.is_empty() {
            faults.push(in_row(row, "stands there twice", ""));
        }
    }
    match source_blocks(context) {
        Ok(ids) => {
            for id in ids.iter().filter(|id| !proofs.contains_key(id.as_str()))
            {
                let what = format!("the source block {id} has no row");
                faults.push(Fault::new(CORRECTIONS, what, "write it"));
            }
        }
        Err(error) => {
            let what = format!("{error:#}");
            faults.push(Fault::new(SOURCES, what.trim_end(), ""));
        }
    }
    faults.extend(unanswered(context, &proofs));
    faults
}

/// The numbers of the blocks in the source texts.
fn source_blocks(context: &Context) -> Result<Vec<String>> {
    let text = fs::read_to_string(context.book.root.join(SOURCES))
        .context("cannot be read")?;
    let counts: BTreeMap<String, usize> = toml::from_str(&text)?;
    let ids = counts.iter().flat_map(|(source, count)| {
        (1..=*count).map(move |number| format!("{source}-{number}"))
    });
    Ok(ids.collect())
}

/// The rows of the corrections, if there are any.
pub(super) fn rows(context: &Context) -> Option<&Vec<Row>> {
    let page = context.book.page(Path::new(CORRECTIONS))?;
    Some(&context.site.of(page)?.rows)
}

fn in_row(row: &Row, what: impl Into<String>, mend: &str) -> Fault {
    Fault::new(format!("{CORRECTIONS}, row {}", row.id), what, mend)
}

fn faults_of_row(row: &Row, proven: &BTreeSet<&str>) -> Vec<Fault> {
    let mut faults = Vec::new();
    if !row.id.starts_with(['S', 'C']) {
        let what = format!("the row has no anchor: {}", row.cells.join(" | "));
        let mend = "begin it with <b id=\"C000-1\">C000-1</b>";
        return vec![Fault::new(CORRECTIONS, what, mend)];
    }
    let is_claim = row.id.starts_with('C');
    let cells = if is_claim { 5 } else { 4 };
    if row.cells.len() != cells {
        faults.push(in_row(row, format!("has not {cells} cells"), ""));
    }
    if row.cells.iter().any(String::is_empty) {
        faults.push(in_row(row, "has an empty cell", ""));
    }
    if is_claim {
        let verdict = row.cells.get(2).map_or("", String::as_str);
        if !VERDICTS.contains(&verdict) {
            let what = format!("`{verdict}` is no verdict");
            let mend = format!("use one of {VERDICTS:?}");
            faults.push(in_row(row, what, &mend));
        }
    }
    let sourced = is_claim && row.links.iter().any(|link| is_external(link));
    if proven.is_empty() && !sourced {
        let mend = "link to a listing, as in `ch06-02-….md#count_polls`, or a \
                    claim to a primary source";
        faults.push(in_row(row, "has no proof", mend));
    }
    faults
}

/// Figures and rows that name each other in one direction only.
fn unanswered(
    context: &Context,
    proofs: &BTreeMap<&str, BTreeSet<&str>>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (page, figure) in context.figures(Shows::Listing) {
        let at = page.at(figure.line);
        let id = figure.id.as_str();
        let named: BTreeSet<&str> = figure
            .claims
            .iter()
            .chain(&figure.counterparts)
            .map(String::as_str)
            .collect();
        for row in &named {
            if !proofs.get(row).is_some_and(|proven| proven.contains(id)) {
                faults.push(Fault::new(
                    &at,
                    format!(
                        "the listing `{id}` claims to prove {row}, but no row \
                         {row} of the corrections links to it"
                    ),
                    "",
                ));
            }
        }
        let linking = proofs.iter().filter(|(_, proven)| proven.contains(id));
        for (row, _) in linking.filter(|(row, _)| !named.contains(*row)) {
            faults.push(Fault::new(
                &at,
                format!(
                    "row {row} of the corrections links to the listing `{id}`, \
                     whose figure does not name it"
                ),
                format!("write {row} into data-claims or data-blocks"),
            ));
        }
    }
    faults
}

/// How the paragraph begins that names the corrections of a page.
const LINE: &str = "*Corrections:*";

/// The number of a claim or of a block of the sources.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\b[CS]\d{3}[-‐‑–]\d+\b").expect("the pattern is correct")
});

/// The numbers of claims stand in one paragraph of a page, which lists exactly
/// those that its figures name, sorted, and what an author adds; they stand
/// nowhere else but in the corrections: in no sentence, title, program or output.
pub(super) fn claim_numbers(context: &Context) -> Vec<Fault> {
    let rows = rows(context).map_or(&[][..], |rows| rows);
    let known = |id: &str| rows.iter().any(|row| row.id == id);
    let mut faults = Vec::new();
    for page in &context.book.pages {
        if page.path == Path::new(CORRECTIONS) {
            continue;
        }
        let listed = written_list(page).map(|(range, _)| range);
        let told = page.sentences.iter().filter(|sentence| {
            let at = sentence.offset(0);
            !listed.as_ref().is_some_and(|list| list.contains(&at))
        });
        let told = told.map(|s| (line_of(&page.raw, s.offset(0)), &s.text));
        let shown = page.blocks.iter().map(|b| (b.line, &b.text));
        let told = told.chain(shown).chain([(1, &page.name)]);
        let told = told.map(|(line, text)| (line, text.as_str()));
        let labels = labels_in(&page.raw);
        let labels = labels.map(|text| (page.line_with(text), text));
        for (line, text) in told.chain(labels) {
            for found in NUMBER.find_iter(text) {
                faults.push(Fault::new(
                    page.at(line),
                    format!("{} stands in the text", found.as_str()),
                    format!(
                        "say what it is about, or move it into the paragraph \
                         that begins with {LINE}"
                    ),
                ));
            }
        }
        faults.extend(list(page, known));
    }
    faults
}

/// The list of a page, without what else its paragraph says, and its line.
fn written_list(page: &Page) -> Option<(Range<usize>, usize)> {
    static LIST: LazyLock<Regex> = LazyLock::new(|| {
        let item = r"\[[^\]]*\]\([^)]*\)|[CS]\d{3}-\d+";
        Regex::new(&format!(r"^\*Corrections:\*(?:[\s,]*(?:{item}))*\.?"))
            .expect("the pattern is correct")
    });
    let mut paragraphs = page.parts.iter();
    paragraphs.find_map(|part| {
        let written = LIST.find(&page.raw[part.range.clone()])?;
        let start = part.range.start;
        let of_paragraph = part.kind == PartKind::Paragraph;
        of_paragraph.then_some((start..start + written.end(), part.line))
    })
}

fn list(page: &Page, known: impl Fn(&str) -> bool) -> Option<Fault> {
    let named = page.figures.iter().flat_map(|figure| {
        figure.claims.iter().chain(&figure.counterparts).cloned()
    });
    let mut ids: BTreeSet<String> = named.collect();
    let written = written_list(page);
    let (old, line) = match &written {
        Some((range, line)) => (&page.raw[range.clone()], *line),
        // Before the last paragraph, which says where to go.
        None => ("", page.parts.last()?.line),
    };
    let added = NUMBER.find_iter(old).map(|id| id.as_str().to_owned());
    ids.extend(added.filter(|id| known(id)));
    let mut ids: Vec<String> = ids.into_iter().collect();
    ids.sort_by_key(|id| {
        let (source, number) = id.split_once('-').unwrap_or((id, ""));
        (source.to_owned(), number.parse::<u32>().unwrap_or(0))
    });
    let target = page.link_to(CORRECTIONS);
    let links: Vec<String> = ids
        .iter()
        .map(|id| format!("[{id}]({target}#{id})"))
        .collect();
    let new = match links.is_empty() {
        true => String::new(),
        false => format!("{LINE} {}", links.join(", ")),
    };
    if old.trim_end_matches('.') == new {
        return None;
    }
    let what = match (old.is_empty(), new.is_empty()) {
        (true, _) => "the page does not list what its figures correct",
        (_, true) => "the page lists corrections, and its figures name none",
        _ => "the page lists other corrections than its figures name",
    };
    let mend = match new.as_str() {
        "" => "delete that paragraph".to_owned(),
        new => format!("write {new}"),
    };
    let fault = Fault::new(page.at(line), what, mend);
    let end = match () {
        () if written.is_none() => "\n\n",
        () if old.ends_with('.') && !new.is_empty() => ".",
        () => "",
    };
    Some(fault.or_write(Edit {
        file: page.path.clone(),
        line,
        old: old.to_owned(),
        new: format!("{new}{end}"),
    }))
}
