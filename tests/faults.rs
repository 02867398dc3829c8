//! Does every rule notice a fault, and say so in words that help?
//!
//! Each file of `tests/faults` is about one subject, and each `## name` in it a
//! test. A test changes the tiny book and says what the rules then say, once or
//! several times, each time beginning with the book without fault:
//!
//! ```text
//! ## a_caption_that_tells_what_comes_out
//! Prose is for the reader of the test.
//!
//! given a number of guests
//! @ src/breakfast/toast.md
//! -the line as it is
//! +the line with the fault
//! [predictions] src/breakfast/toast.md:5: …
//!   mend     …
//! ```
//!
//! Below `@ FILE` stands a change as in the `.diff` of a variation, or a new file,
//! all of its lines with a `+`. What is said ends with an empty line; where it
//! ought to be nothing, `no fault` stands. A change that several tests begin with
//! is written once, below `## given NAME`.
//!
//! `SNAPSHOTS=overwrite cargo test --test faults` writes what is said now. Where a
//! message offers to `accept`, that is done, too. The other faults are left, or it
//! stands below what is.

#[path = "checkers/tiny.rs"]
mod tiny;

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use book::fault::{mend, overwrites, said};
use book::files::{children, replace};
use book::variation::changed;
use libtest_mimic::{Arguments, Trial};
use snapbox::IntoData;

use crate::tiny::Tiny;

/// Where the tests of one name stand, and what they are.
struct Case {
    name: String,
    steps: Vec<Step>,
}

/// A book with a fault, and what is said of it.
#[derive(Default)]
struct Step {
    /// The files with their changes.
    edits: Vec<(String, String)>,
    /// Where what is said stands in the file of the test.
    said: Range<usize>,
}

const NONE: &str = "no fault\n";

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = Vec::new();
    for file in children(&here.join("faults"))? {
        let mut text = fs::read_to_string(&file)?;
        let mut cases = parse(&text)
            .with_context(|| format!("cannot read {}", file.display()))?;
        if overwrites() {
            text = rewritten(&text, &cases)?;
            replace(&file, &text)?;
            cases = parse(&text)?;
        }
        // They live as long as the tests.
        let (file, text): (&PathBuf, &str) =
            (Box::leak(Box::new(file)), text.leak());
        let subject = file.file_stem().unwrap_or_default().display();
        for case in cases {
            let name = format!("{subject}::{}", case.name);
            trials.push(Trial::test(name, move || {
                for step in case.steps {
                    verify(file, text, &step).map_err(|e| format!("{e:#}"))?;
                }
                Ok(())
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

fn parse(text: &str) -> Result<Vec<Case>> {
    let mut cases: Vec<Case> = Vec::new();
    let mut given: BTreeMap<&str, Vec<(String, String)>> = BTreeMap::new();
    let mut step = Step::default();
    let mut set_up = None;
    let mut end = 0;
    // The last line ends what is said there.
    for line in text.split_inclusive('\n').chain(["\n"]) {
        let start = end;
        end = text.len().min(start + line.len());
        let said = line.starts_with('[') || line == NONE;
        if let Some(name) = line.strip_prefix("## ") {
            if let Some(name) = set_up.take() {
                given.insert(name, std::mem::take(&mut step).edits);
            }
            ensure!(step.edits.is_empty(), "nothing is said before {name}");
            set_up = name.trim_end().strip_prefix("given ");
            if set_up.is_none() {
                let (name, steps) = (name.trim_end().to_owned(), Vec::new());
                cases.push(Case { name, steps });
            }
        } else if !step.said.is_empty() {
            if line != "\n" {
                step.said.end = end;
                continue;
            }
            let case = cases.last_mut().context("no test begins")?;
            case.steps.push(std::mem::take(&mut step));
        } else if said {
            step.said = start..end;
        } else if let Some(name) = line.strip_prefix("given ") {
            let edits = given.get(name.trim_end());
            let edits = edits.with_context(|| format!("what is {name}?"))?;
            step.edits.extend(edits.iter().cloned());
        } else if let Some(file) = line.strip_prefix("@ ") {
            step.edits.push((file.trim_end().to_owned(), String::new()));
        } else if let Some((_, change)) = step.edits.last_mut() {
            change.push_str(line);
        }
    }
    ensure!(step.edits.is_empty(), "nothing is said of the last change");
    for Case { name, steps } in &cases {
        ensure!(!steps.is_empty(), "nothing is said of {name}");
    }
    Ok(cases)
}

/// What the rules say of the book of this step, and what is left when all is
/// written that they know.
fn outcome(step: &Step) -> Result<String> {
    let mut tiny = Tiny::new();
    for (file, change) in &step.edits {
        let change = change.trim_end_matches('\n');
        let now = if tiny.root().join(file).exists() {
            changed(&tiny.read(file), change).context(file.clone())?
        } else {
            let lines = change.lines().map(|line| line.strip_prefix('+'));
            let lines: Option<Vec<&str>> = lines.collect();
            lines.with_context(|| format!("{file} is new"))?.join("\n") + "\n"
        };
        tiny = tiny.with(file, now);
    }
    let faults = tiny.faults();
    let mut words = said(&faults);
    let (known, unknown): (Vec<_>, Vec<_>) = faults
        .into_iter()
        .partition(|(_, fault)| fault.edit.is_some());
    if !known.is_empty() {
        let known = known.into_iter().map(|(_, fault)| fault);
        mend(tiny.root(), known.collect())?;
        match said(&tiny.faults()) {
            left if left == said(&unknown) => {}
            left if left.is_empty() => words += "accepted, nothing is left\n",
            left => words = words + "accepted, this is left:\n" + &left,
        }
    }
    match words.is_empty() {
        true => Ok(NONE.to_owned()),
        false => Ok(words),
    }
}

fn verify(file: &Path, text: &str, step: &Step) -> Result<()> {
    let line = text[..step.said.start].matches('\n').count() + 1;
    let at = format!("{}:{line}", file.display());
    let said = outcome(step).context(at.clone())?;
    let difference = snapbox::Assert::new()
        .palette(snapbox::report::Palette::plain())
        .normalize_paths(false)
        .try_eq(None, said.into(), text[step.said.clone()].into_data().raw());
    difference.map_err(|difference| {
        anyhow!(
            "{at}: something else is said\n{difference}\n  accept   \
             SNAPSHOTS=overwrite cargo test --test faults\n"
        )
    })
}

/// The text with what is said now.
fn rewritten(text: &str, cases: &[Case]) -> Result<String> {
    let mut new = text.to_owned();
    let steps = cases.iter().rev().flat_map(|case| case.steps.iter().rev());
    for step in steps {
        new.replace_range(step.said.clone(), &outcome(step)?);
    }
    Ok(new)
}
