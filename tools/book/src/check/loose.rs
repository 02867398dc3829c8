//! What is compared less strictly than to the letter, and why.

use std::collections::BTreeMap;

use super::Context;
use super::ledger::{head, row};
use crate::fault::Fault;
use crate::files::End;
use crate::listings::{Kind, Listing, Recorded};
use crate::pages::Page;
use crate::run::masked;
use crate::site::Shows;
use crate::variation::WATCH;

/// A comparison that leaves something open.
struct Loose {
    /// The program, its run or its variation.
    name: String,
    /// Where its page shows it.
    anchor: String,
    /// How it is compared: one of [`WAYS`].
    how: &'static str,
    /// How many parts of lines are left open.
    open: usize,
    why: String,
}

const PARTS: &str = "but for the parts marked `[..]`";
const NUMBERS: &str = "a plot: its rows and columns, not its numbers";
const DEEDS: &str = "a recording: what each thread does, not when";
const WATCHED: &str = "watched for a while, and stopped";
const EDITION: &str = "compiled in an older edition";
const ASKED: &str = "run where somebody asks for it";
const ONLY: &str = "run on one system alone";
const INSTALLED: &str = "run where its compiler and libraries are installed";

/// The order of the table.
const WAYS: [&str; 8] = [
    PARTS, NUMBERS, DEEDS, WATCHED, EDITION, ASKED, ONLY, INSTALLED,
];

/// The parts of lines that are left open, without the numbers that the tool
/// itself replaces.
fn open(texts: [Option<&str>; 2]) -> usize {
    let parts = |text: &str| {
        let masked: usize = masked(text).iter().sum();
        text.matches("[..]").count().saturating_sub(masked)
    };
    texts.into_iter().flatten().map(parts).sum()
}

/// All that is left open of a listing.
fn loose_of(listing: &Listing) -> Vec<Loose> {
    let settings = &listing.settings;
    let mut found = Vec::new();
    let mut add = |name: &str, anchor: &str, how, open, why: &str| {
        found.push(Loose {
            name: name.to_owned(),
            anchor: anchor.to_owned(),
            how,
            open,
            why: why.to_owned(),
        });
    };
    let name = listing.name.as_str();
    for run in listing.runs() {
        if let Some(why) = &run.varies {
            let kept = [&run.stdout, &run.stderr].map(|f| listing.text_of(f));
            add(&run.name, name, PARTS, open(kept), why);
        }
    }
    for variation in listing.variations() {
        let called = variation.name();
        if let Some(why) = &variation.settings.varies {
            let kept = [End::Stdout, End::Stderr].map(|e| variation.kept(e));
            add(&called, &called, PARTS, open(kept), why);
        }
        if variation.settings.hangs {
            let seconds = WATCH.as_secs();
            let why = format!("it still runs after {seconds} seconds");
            add(&called, &called, WATCHED, 0, &why);
        }
    }
    if settings.plot.as_ref().is_some_and(|plot| !plot.exact) {
        let why = settings.varies.as_deref().unwrap_or_default();
        add(name, name, NUMBERS, 0, why);
    }
    if settings.recorded == Recorded::Threads {
        let why = "no run of threads is like another";
        add(name, name, DEEDS, 0, why);
    }
    if let Some(edition) = &settings.edition {
        let why = format!("its fault is one of edition {edition}");
        add(name, name, EDITION, 0, &why);
    }
    if !listing.features.is_empty() {
        let features = listing.features.join("`, `");
        let why = format!("the feature `{features}` is off unless enabled");
        add(name, name, ASKED, 0, &why);
    }
    if let Some(only) = &settings.only {
        let why = format!("it needs what `{only}` has");
        add(name, name, ONLY, 0, &why);
    }
    if listing.kind == Kind::Cpp {
        add(name, name, INSTALLED, 0, "Rust comes with neither");
    }
    found
}

/// The table of what is compared less strictly than to the letter.
pub(super) fn looser(context: &Context) -> String {
    let pages: BTreeMap<&str, &Page> = context
        .figures(Shows::Listing)
        .map(|(page, figure)| (figure.id.as_str(), page))
        .collect();
    let mut text = head(&["What", "How it is compared", "Left open", "Why"]);
    let mut add = |what: String, how: &str, open: usize, why: &str| {
        let open = match open {
            0 => "–".to_owned(),
            _ => open.to_string(),
        };
        text += &row(&[what, how.to_owned(), open, why.to_owned()]);
    };
    for way in WAYS {
        for listing in context.workspace.listings() {
            let page = pages.get(listing.name.as_str()).map(|page| &page.path);
            let file = page.and_then(|file| file.strip_prefix("src").ok());
            for loose in loose_of(listing).iter().filter(|l| l.how == way) {
                let Loose {
                    name,
                    anchor,
                    how,
                    open,
                    why,
                } = loose;
                let place = file.map_or(format!("`{name}`"), |file| {
                    format!("[`{name}`]({}#{anchor})", file.display())
                });
                add(place, how, *open, why);
            }
        }
    }
    let [threads, tasks] = all_masked(context);
    for (what, how, open, why) in [
        (
            "every panic",
            "but for the number of its thread",
            threads,
            "the operating system gives it",
        ),
        (
            "every task",
            "but for the number that Tokio gives it",
            tasks,
            "it tells one task from another, and nothing more",
        ),
        (
            "every message of rustc",
            "but for the folders of crates and of std",
            0,
            "they lie elsewhere on each machine",
        ),
        (
            "every report of a sanitizer",
            "only its summary",
            0,
            "the rest are addresses",
        ),
    ] {
        add(what.to_owned(), how, open, why);
    }
    text
}

/// How many numbers of threads and of tasks the tool has replaced in all that
/// is kept.
fn all_masked(context: &Context) -> [usize; 2] {
    let listings = context.workspace.listings();
    let outputs = listings
        .filter(|listing| listing.kind != Kind::Broken)
        .flat_map(Listing::outputs)
        .map(|output| output.text.as_str());
    let exercises = context.workspace.exercises.iter();
    let failures = exercises.filter_map(|e| e.text(&e.failure));
    outputs
        .chain(failures)
        .map(masked)
        .fold([0, 0], |sum, more| [sum[0] + more[0], sum[1] + more[1]])
}

/// Nothing is compared less strictly than it could be: what is declared to vary
/// has a part that is left open, and a plot whose numbers differ from run to run
/// is one of a listing that does.
pub(super) fn loose(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for listing in context.workspace.listings() {
        let at = listing.source.display();
        for Loose {
            name, how, open, ..
        } in loose_of(listing)
        {
            if how == PARTS && open == 0 {
                let what = format!(
                    "`{name}` is declared to vary, and nothing of what is kept \
                     of it is left open"
                );
                faults.push(Fault::new(&at, what, "delete its `varies`"));
            }
            if how == NUMBERS && listing.settings.varies.is_none() {
                let what = format!(
                    "the numbers of the plot `{name}` may be others in each \
                     run, and what the listing prints may not"
                );
                let mend = "declare the plot `exact = true`, or say why the \
                            listing `varies`";
                faults.push(Fault::new(&at, what, mend));
            }
        }
    }
    faults
}
