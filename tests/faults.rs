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

#[path = "checkers/cases.rs"]
mod cases;
#[path = "checkers/tiny.rs"]
mod tiny;

use std::path::Path;

use anyhow::Result;
use book::fault::{mend, overwrites, said};
use book::files::{children, file_name};
use libtest_mimic::{Arguments, Trial};

use crate::cases::{Cases, NONE, Step};
use crate::tiny::Tiny;

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut trials = Vec::new();
    for file in children(&here.join("faults"))? {
        let subject = file_name(&file.with_extension(""));
        let mut tests = Cases::read(file)?;
        if overwrites() {
            tests = tests.rewrite(|_, step| outcome(step))?;
        }
        // They live as long as the tests.
        let tests: &'static Cases = Box::leak(Box::new(tests));
        for case in &tests.cases {
            let name = format!("{subject}::{}", case.name);
            trials.push(Trial::test(name, move || {
                for step in &case.steps {
                    tests
                        .verify(step, outcome(step), "faults")
                        .map_err(|error| format!("{error:#}"))?;
                }
                Ok(())
            }));
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

/// What the rules say of the book of this step, and what is left when all is
/// written that they know.
fn outcome(step: &Step) -> Result<String> {
    let tiny = step.put_into(Tiny::new())?;
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
