//! What the reader gets: what is not judged, a table, and where to read on.

use std::fmt;

use crate::blocks::{Answer, Block};
use crate::confine::{End, Limits, Ran};
use crate::known::{Known, Place};
use crate::verdict::{Form, Said, Verdict};

/// What is said first, of every answer.
const CANNOT: &str = "\
The gate compiles, lints and runs. It cannot tell whether a program does what
you asked for, whether the sentences around it are true, and what happens in
another order, under load, or with other input. Each block is taken alone, with
the crates of this book and no others.
";

/// All that is said of an answer.
#[derive(Debug)]
pub struct Report {
    left_out: Vec<String>,
    rows: Vec<Row>,
    /// Whether every block passes.
    pub passes: bool,
}

#[derive(Debug)]
struct Row {
    cells: [String; 6],
    /// What was said, each with where the book shows it.
    said: Vec<(String, Option<Place>)>,
}

impl Report {
    pub(crate) fn new(
        answer: &Answer,
        verdicts: &[Verdict],
        known: &Known,
        limits: &Limits,
    ) -> Report {
        let mut left_out: Vec<String> = answer
            .left_out
            .iter()
            .map(|(word, line)| format!("Not judged: {word} in line {line}."))
            .collect();
        if let Some(line) = answer.unclosed {
            left_out.push(format!(
                "Nothing ends the block in line {line}: the answer may be cut \
                 off."
            ));
        }
        let judged = answer.blocks.iter().zip(verdicts);
        let wraps = judged.clone().any(|(_, v)| v.form == Form::Wrapped);
        if wraps {
            left_out.push(
                "A block of statements is run as rustdoc does, inside `fn \
                 main() { … }`."
                    .to_owned(),
            );
        }
        let rows = judged.clone().enumerate();
        let rows = rows
            .map(|(n, (block, v))| Row::new(n + 1, block, v, known, limits))
            .collect();
        let passes = judged
            .clone()
            .all(|(block, verdict)| passes(block, verdict));
        Report {
            left_out,
            rows,
            passes: passes && !answer.blocks.is_empty(),
        }
    }
}

/// Whether nothing is said against a block.
fn passes(block: &Block, verdict: &Verdict) -> bool {
    let ends_well = |ran: &Ran| {
        ran.end == End::Status(0) && panic_in(ran).is_none() || block.may_fail
    };
    verdict.errors.is_empty()
        && !verdict.no_verdict
        && verdict.lints.is_empty()
        && verdict.ran.as_ref().is_none_or(ends_well)
        || block.may_fail && !verdict.errors.is_empty()
}

impl Row {
    fn new(
        number: usize,
        block: &Block,
        verdict: &Verdict,
        known: &Known,
        limits: &Limits,
    ) -> Row {
        let mut said: Vec<(String, Option<Place>)> = Vec::new();
        let mut add = |message: &str, code: Option<&str>, all: &str| {
            let place = known.place(message, code, all);
            if !said.iter().any(|(m, _)| m == message) {
                said.push((message.to_owned(), place));
            }
        };
        for said in verdict.errors.iter().chain(&verdict.lints) {
            let all = said.rendered.as_deref().unwrap_or_default();
            add(&said.message, said.code(), all);
        }
        if let Some(message) = verdict.ran.as_ref().and_then(complaint) {
            add(&message, None, "");
        }
        let shown = said.iter().find_map(|(_, place)| place.as_ref());
        Row {
            cells: [
                number.to_string(),
                block.line.to_string(),
                compiles(verdict),
                lints(verdict),
                runs(block, verdict, limits),
                shown.map_or("-".to_owned(), |place| place.name.clone()),
            ],
            said,
        }
    }
}

fn compiles(verdict: &Verdict) -> String {
    let codes = names(&verdict.errors, "error");
    match (codes.is_empty(), verdict.no_verdict) {
        (_, true) => "no verdict".to_owned(),
        (true, false) => "yes".to_owned(),
        (false, false) => codes,
    }
}

fn lints(verdict: &Verdict) -> String {
    if !verdict.errors.is_empty() || verdict.no_verdict {
        return "-".to_owned();
    }
    let names = names(&verdict.lints, "lint");
    if names.is_empty() {
        "clean".to_owned()
    } else {
        names
    }
}

/// The first code, and how many others there are.
fn names(said: &[Said], without: &str) -> String {
    let mut codes: Vec<&str> = Vec::new();
    for code in said.iter().map(|said| said.code().unwrap_or(without)) {
        let code = code.strip_prefix("clippy::").unwrap_or(code);
        if !codes.contains(&code) {
            codes.push(code);
        }
    }
    match codes.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [first, others @ ..] => format!("{first} +{}", others.len()),
    }
}

fn runs(block: &Block, verdict: &Verdict, limits: &Limits) -> String {
    let Some(ran) = &verdict.ran else {
        let compiled = verdict.errors.is_empty() && !verdict.no_verdict;
        return match (compiled, verdict.form) {
            (false, _) => "-",
            (true, Form::Items) => "nothing to run",
            (true, _) if block.only_checked => "not meant to",
            (true, _) => "not run",
        }
        .to_owned();
    };
    let tests = verdict.form == Form::Tests;
    match ran.end {
        End::Time => {
            format!("no end in {} s", limits.time.as_secs_f32())
        }
        End::Output => "a flood of output".to_owned(),
        End::Status(0) if tests => "tests pass".to_owned(),
        End::Status(0) if panic_in(ran).is_some() => {
            "panic, status 0".to_owned()
        }
        End::Status(101) if tests => "tests fail".to_owned(),
        End::Status(101) => "panic".to_owned(),
        End::Status(signal @ 129..) => format!("signal {}", signal - 128),
        End::Status(status) => format!("status {status}"),
    }
}

/// What a program complains about: a panic, or the error that `main` returns.
fn complaint(ran: &Ran) -> Option<String> {
    if let Some(panic) = panic_in(ran) {
        return Some(panic);
    }
    let failed = ran.end != End::Status(0);
    let mut lines = ran.stderr.lines().filter(|line| !line.is_empty());
    lines.next().filter(|_| failed).map(str::to_owned)
}

/// What the first panic says, on the line below its place.
fn panic_in(ran: &Ran) -> Option<String> {
    // Tests repeat on standard output what a thread has said.
    let mut lines = ran.stderr.lines().chain(ran.stdout.lines());
    lines.find(|line| line.contains(" panicked at "))?;
    lines.next().map(str::to_owned)
}

/// A sentence in lines that fit on a page, and no more than four of them.
fn lines(text: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        let length = lines[last].chars().count() + word.chars().count();
        if lines[last].trim().is_empty() || length < 79 {
            let space = if lines[last].is_empty() { "" } else { " " };
            lines[last] += &format!("{space}{word}");
        } else if last == 3 {
            lines[last] += " …";
            break;
        } else {
            lines.push(format!("   {word}"));
        }
    }
    lines
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(CANNOT)?;
        for line in &self.left_out {
            writeln!(f, "{line}")?;
        }
        if self.rows.is_empty() {
            return writeln!(f, "\nThere is no block of Rust to judge.");
        }
        let head = ["block", "line", "compiles", "lints", "runs", "the book"];
        let head = head.map(str::to_owned);
        let all = || {
            [&head]
                .into_iter()
                .chain(self.rows.iter().map(|r| &r.cells))
        };
        let widths = [0, 1, 2, 3, 4].map(|column| {
            all().map(|cells| cells[column].chars().count()).max()
        });
        writeln!(f)?;
        for cells in all() {
            for (cell, width) in cells.iter().zip(widths) {
                write!(f, "{cell:<width$}  ", width = width.unwrap_or(0))?;
            }
            writeln!(f, "{}", cells[5])?;
        }
        for row in self.rows.iter().filter(|row| !row.said.is_empty()) {
            writeln!(f)?;
            for (message, place) in &row.said {
                let message = format!("{}: {message}", row.cells[0]);
                for line in lines(&message) {
                    writeln!(f, "{line}")?;
                }
                if let Some(place) = place {
                    writeln!(f, "   see {}", place.page)?;
                }
            }
        }
        Ok(())
    }
}
