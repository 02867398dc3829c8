//! The ledger: how much is proven, and what is compared less strictly than to
//! the letter.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::loose::looser;
use super::{Context, Proof, corrections, proof};
use crate::fault::{Edit, Fault};
use crate::files::{End, children};
use crate::listings::{Kind, Listing};
use crate::pages::{LEDGER, Page, line_of};
use crate::recording::first_difference;
use crate::site::Shows;

/// The folder with what the checkers said of a fault, each file compared by the
/// test that puts the fault in. Only the ledger shows them.
pub(super) const RED: &str = "tests/checkers/red";

/// The headings between which the page is computed.
const BETWEEN: [&str; 2] =
    ["\n## Counts\n", "\n## A red result of each kind\n"];

/// The ledger has the numbers of the book, names each comparison that leaves
/// something open, and shows each red result that is kept.
pub(super) fn ledger(context: &Context) -> Vec<Fault> {
    // A book without a ledger promises none.
    let Some(page) = context.book.page(Path::new(LEDGER)) else {
        return Vec::new();
    };
    let mut faults = unshown(context, page);
    let [Some(from), Some(to)] = BETWEEN.map(|mark| page.raw.find(mark)) else {
        let headings = BETWEEN.map(str::trim).join("` and `");
        let what = format!("has not the headings `{headings}`");
        faults.push(Fault::new(
            LEDGER,
            what,
            "what is computed stands between",
        ));
        return faults;
    };
    let from = from + BETWEEN[0].len();
    let old = page.raw.get(from..to).unwrap_or_default();
    let new = format!(
        "\n{}\n## What is compared less strictly\n\n{}",
        counts(context),
        looser(context)
    );
    if let Some(number) = first_difference(old, &new) {
        let nth = |text: &str| {
            let line = text.lines().nth(number - 1).unwrap_or_default();
            format!("  {line}").trim_end().to_owned()
        };
        let line = line_of(&page.raw, from);
        let what = format!(
            "the ledger is not that of the book; it says\n{}\nand the book has\n{}",
            nth(old),
            nth(&new)
        );
        let at = page.at(line + number - 1);
        faults.push(Fault::new(at, what, "").or_write(Edit {
            file: page.path.clone(),
            line,
            old: old.to_owned(),
            new,
        }));
    }
    faults
}

/// The kept red results that the page does not show.
fn unshown(context: &Context, page: &Page) -> Vec<Fault> {
    let kept = match children(&context.book.root.join(RED)) {
        Ok(kept) => kept,
        Err(error) => return vec![Fault::new(RED, format!("{error:#}"), "")],
    };
    let name = |path: PathBuf| Some(Path::new(RED).join(path.file_name()?));
    let files = kept.into_iter().filter_map(name);
    files
        .filter(|file| !page.blocks.iter().any(|block| block.shows(file)))
        .map(|file| {
            let mend = "include it there in a `text` block";
            Fault::new(file.display(), "the ledger does not show it", mend)
        })
        .collect()
}

/// The name of a column, and what it counts of a listing.
type Column = (&'static str, fn(&Listing) -> usize);

/// What is counted of a listing.
const COLUMNS: [Column; 8] = [
    ("Programs", |l| usize::from(l.kind == Kind::Example)),
    ("More runs", |l| l.settings.runs.len()),
    ("Variations", |l| l.variations().count()),
    ("Broken", |l| usize::from(l.kind == Kind::Broken)),
    ("Repairs", |l| usize::from(l.settings.repair.is_some())),
    ("C++ or C", |l| usize::from(l.kind == Kind::Cpp)),
    ("Recorded", |l| usize::from(l.kept(End::Trace).is_some())),
    ("Plots", |l| usize::from(l.settings.plot.is_some())),
];

/// The line of a table.
pub(super) fn row(cells: &[String]) -> String {
    format!("| {} |\n", cells.join(" | "))
}

/// The two lines with which a table begins.
pub(super) fn head(columns: &[&str]) -> String {
    let names: Vec<String> = columns.iter().map(|c| (*c).to_owned()).collect();
    let rule = vec!["---".to_owned(); columns.len()];
    row(&names) + &row(&rule)
}

/// How much there is, of each section and in all.
fn counts(context: &Context) -> String {
    let workspace = &context.workspace;
    let sections = context.book.sections();
    let mut rows: BTreeMap<Option<usize>, Vec<usize>> = BTreeMap::new();
    let mut add = |page: &Page, numbers: Vec<usize>| {
        let here = |(entry, pages): &(&Page, Vec<&Page>)| {
            entry.path == page.path || pages.iter().any(|p| p.path == page.path)
        };
        let section = sections.iter().position(here);
        let none = || vec![0; COLUMNS.len() + 1];
        let row = rows.entry(section);
        let row = row.or_insert_with(none);
        row.iter_mut().zip(numbers).for_each(|(sum, n)| *sum += n);
    };
    for (page, figure) in context.figures(Shows::Listing) {
        if let Some(listing) = workspace.listing(&figure.id) {
            add(page, COLUMNS.map(|(_, count)| count(listing)).to_vec());
        }
    }
    for (page, _) in context.figures(Shows::Exercise) {
        let mut numbers = vec![0; COLUMNS.len()];
        numbers.push(1);
        add(page, numbers);
    }
    let mut columns = vec!["Section"];
    columns.extend(COLUMNS.map(|(name, _)| name));
    columns.push("Exercises");
    let mut all = vec![0; COLUMNS.len() + 1];
    for numbers in rows.values() {
        all.iter_mut().zip(numbers).for_each(|(sum, n)| *sum += n);
    }
    let line = |name: String, numbers: &[usize]| {
        let numbers = numbers.iter().map(ToString::to_string);
        row(&std::iter::once(name).chain(numbers).collect::<Vec<_>>())
    };
    let mut text = head(&columns) + &line("all".to_owned(), &all);
    for (section, numbers) in &rows {
        let name = section.map(|at| {
            let entry = sections[at].0;
            let number = entry.name.split(' ').next().unwrap_or_default();
            let file = entry.path.strip_prefix("src").unwrap_or(&entry.path);
            format!("[{number}]({})", file.display())
        });
        text += &line(name.unwrap_or("front pages".to_owned()), numbers);
    }
    text + "\nOf these, and beside them:\n\n" + &in_all(context)
}

/// What no section has alone, or what is only a part of a number above.
fn in_all(context: &Context) -> String {
    let listings = || context.workspace.listings();
    let variations = || listings().flat_map(Listing::variations);
    let plots = || listings().filter_map(|l| l.settings.plot.as_ref());
    let blocks = context.book.pages.iter().flat_map(|page| &page.blocks);
    let inline = blocks.filter(|block| block.is_rust()).filter(|block| {
        matches!(proof(&context.workspace, block), Some(Proof::Inline))
    });
    let corrected = corrections::rows(context);
    let rows = |kind: char| {
        let rows = corrected.into_iter().flatten();
        rows.filter(|row| row.id.starts_with(kind)).count()
    };
    let folders = ["tests/models", "tests/soundness"]
        .map(|folder| children(&context.book.root.join(folder)));
    let (mut harnesses, mut faults) = (0, 0);
    for file in folders.into_iter().flatten().flatten() {
        if file.extension().is_some_and(|end| end == "rs") {
            harnesses += 1;
            continue;
        }
        let text = fs::read_to_string(file).unwrap_or_default();
        let found = text.lines().filter(|l| l.starts_with("finds: "));
        faults += found.count();
    }
    let links = context.book.root.join("tests/external-links.toml");
    let links: toml::Table = fs::read_to_string(links)
        .unwrap_or_default()
        .parse()
        .unwrap_or_default();
    let opened = links.values().filter(|day| day.is_datetime()).count();
    let mut text = head(&["What", "Number"]);
    for (what, number) in [
        (
            "programs that end with another status than 0, as declared",
            listings().filter(|l| l.settings.exit != 0).count(),
        ),
        (
            "variations that hang",
            variations().filter(|v| v.settings.hangs).count(),
        ),
        (
            "variations that panic, or end with another status than 0",
            variations().filter(|v| v.settings.exit != 0).count(),
        ),
        (
            "variations that do not compile",
            variations().filter(|v| v.settings.broken).count(),
        ),
        (
            "repairs that are a variation",
            listings()
                .filter_map(|l| l.settings.repair.as_ref())
                .filter(|repair| repair.contains('.'))
                .count(),
        ),
        (
            "plots whose numbers are the same on every machine",
            plots().filter(|plot| plot.exact).count(),
        ),
        (
            "short programs that stand in a page, and assert what they show",
            inline.count(),
        ),
        (
            "harnesses that use a listing harder than its page does",
            harnesses,
        ),
        (
            "faults put into a listing, which its harness must find",
            faults,
        ),
        ("claims of the corrections, each with its proof", rows('C')),
        (
            "code blocks of the sources, each with its counterpart",
            rows('S'),
        ),
        ("links that leave the book", links.len()),
        ("of those, opened and read on a day that is noted", opened),
    ] {
        text += &row(&[what.to_owned(), number.to_string()]);
    }
    text
}
