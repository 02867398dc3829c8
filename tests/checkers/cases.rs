//! Tests that are texts: how a file of them is read, compared and written anew.
//! What they look like stands in `tests/faults.rs`.

use std::collections::BTreeMap;
use std::fs;
use std::ops::Range;
use std::path::PathBuf;

use anyhow::{Context, Result, anyhow, ensure};
use book::files::replace;
use book::variation::changed;
use snapbox::IntoData;

use crate::tiny::Tiny;

/// What is said of a book without fault.
pub const NONE: &str = "no fault\n";

/// A file of tests.
pub struct Cases {
    file: PathBuf,
    text: String,
    pub cases: Vec<Case>,
}

/// A test.
pub struct Case {
    pub name: String,
    pub steps: Vec<Step>,
}

/// A book with a fault, and what is said of it.
#[derive(Default)]
pub struct Step {
    /// The files with their changes.
    edits: Vec<(String, String)>,
    /// Where what is said stands in the file of the test.
    said: Range<usize>,
}

impl Cases {
    pub fn read(file: PathBuf) -> Result<Cases> {
        let text = fs::read_to_string(&file)?;
        let cases = parse(&text)
            .with_context(|| format!("cannot read {}", file.display()))?;
        Ok(Cases { file, text, cases })
    }

    /// What the file has as said in a step.
    pub fn said(&self, step: &Step) -> &str {
        &self.text[step.said.clone()]
    }

    /// Writes what is said now.
    pub fn rewrite(
        self,
        now: impl Fn(&Cases, &Step) -> Result<String>,
    ) -> Result<Cases> {
        let mut new = self.text.clone();
        let steps = self.cases.iter().rev();
        for step in steps.flat_map(|case| case.steps.iter().rev()) {
            new.replace_range(step.said.clone(), &now(&self, step)?);
        }
        replace(&self.file, &new)?;
        Cases::read(self.file)
    }

    /// Compares what is said now with what the file has.
    pub fn verify(
        &self,
        step: &Step,
        now: Result<String>,
        test: &str,
    ) -> Result<()> {
        let line = self.text[..step.said.start].matches('\n').count() + 1;
        let at = format!("{}:{line}", self.file.display());
        let difference = snapbox::Assert::new()
            .palette(snapbox::report::Palette::plain())
            .normalize_paths(false)
            .try_eq(
                None,
                now.context(at.clone())?.into(),
                self.said(step).into_data().raw(),
            );
        difference.map_err(|difference| {
            anyhow!(
                "{at}: something else is said\n{difference}\n  accept   \
                 SNAPSHOTS=overwrite cargo test --test {test}\n"
            )
        })
    }
}

impl Step {
    /// The book with the changes of this step.
    pub fn put_into(&self, mut tiny: Tiny) -> Result<Tiny> {
        for (file, change) in &self.edits {
            let change = change.trim_end_matches('\n');
            let now = if tiny.root().join(file).exists() {
                changed(&tiny.read(file), change).context(file.clone())?
            } else {
                let lines = change.lines().map(|line| line.strip_prefix('+'));
                let lines: Option<Vec<&str>> = lines.collect();
                let lines = lines.with_context(|| format!("{file} is new"))?;
                lines.join("\n") + "\n"
            };
            tiny = tiny.with(file, now);
        }
        Ok(tiny)
    }
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
