//! A number that a run gave stands in something that the page shows.

use std::ops::Range;

use super::Context;
use crate::fault::Fault;
use crate::files::file_name;
use crate::pages::prose::Sentence;
use crate::pages::{Page, line_of};
use crate::site::is_external;

mod sentence;
mod shown;
mod written;

pub use shown::Shown;

use sentence::{COUNTED, bound_in};
use written::{Number, unit};

/// Every number with a unit ("50 ms", "16 KiB", "8 polls"), every other one from
/// 10 on, and every fraction, in the text, captions, lists and tables of a page,
/// stands in what the page shows directly above or below, under the same heading,
/// or in the figure around it: a program, an output, a change, a recording, a
/// measurement, the files of an exercise. Above a figure and in its caption, only
/// what stands open there counts. The same time or size in another unit is the
/// same number ("2 s" for 2000 ms), and so is what the measurement gives more
/// precisely, rounded to two digits or more. Instead, the sentence can link to the
/// figure or page of the book that shows it, or to a source outside; or it
/// includes the number from a file.
///
/// This is an approximation. What a number counts is not looked at, so that any
/// equal number of a figure will do. A number in words is free, and so are a
/// single digit without a unit, years and days, sections, versions behind a name,
/// RFCs, statuses, lines, and code, but for what has a unit there.
pub(super) fn numbers(context: &Context) -> Vec<Fault> {
    let shown = Shown::of(context);
    let missing = bound(&shown).into_iter();
    let missing = missing.filter(|number| !number.is_shown());
    let fault = |number: Bound<'_>| {
        Fault::new(
            number.place(),
            format!(
                "no figure directly above or below shows `{}`: {:?}",
                number.said(),
                number.sentence.text
            ),
            "write it beside the output or the measurement, as that has it; \
             or link to its figure, its page or its source in the sentence; \
             or do without the number",
        )
    };
    missing.map(fault).collect()
}

/// A number of the running text that the rule binds.
#[derive(Debug)]
pub struct Bound<'a> {
    page: &'a Page,
    sentence: &'a Sentence,
    /// Where its digits stand in the sentence.
    at: Range<usize>,
    number: Number,
    /// What shows it: something beside it, or else what the sentence links to.
    by: Vec<&'a Number>,
    shown: &'a Shown<'a>,
}

impl Bound<'_> {
    /// The file and the line.
    pub fn place(&self) -> String {
        let at = self.sentence.offset(self.at.start);
        self.page.at(line_of(&self.page.raw, at))
    }

    /// Its digits, without what groups them.
    pub fn digits(&self) -> &str {
        &self.number.text
    }

    /// Whether something shows it.
    pub fn is_shown(&self) -> bool {
        !self.by.is_empty()
    }

    /// Whether a measurement shows it.
    pub fn is_measured(&self) -> bool {
        self.by.iter().any(|shown| shown.measured)
    }

    /// Whether the rule notices that these digits stand there instead.
    pub fn notices(&self, digits: &str) -> bool {
        let changed = self.sentence.with(self.at.clone(), digits);
        let mut bound = bound_in(&self.page.raw, &changed).into_iter();
        let here = bound.find(|(_, at)| at.start == self.at.start);
        here.is_some_and(|(number, _)| {
            let by = self.shown.by(self.page, self.sentence, &number);
            by.is_empty()
        })
    }

    /// The number with its unit.
    fn said(&self) -> String {
        let digits = &self.sentence.text[self.at.clone()];
        let word = self.number.unit.as_deref();
        match word.filter(|w| unit(w).is_some() || COUNTED.contains(w)) {
            Some(word) => format!("{digits} {word}"),
            None => digits.to_owned(),
        }
    }
}

/// The numbers of the pages that the rule binds: none in an appendix, which
/// repeats what pages have shown, or counts them.
pub fn bound<'a>(shown: &'a Shown<'a>) -> Vec<Bound<'a>> {
    let mut found = Vec::new();
    for page in &shown.context().book.pages {
        if file_name(&page.path).starts_with("appendix-") {
            continue;
        }
        for sentence in &page.sentences {
            if sentence.links.iter().any(|link| is_external(link)) {
                continue;
            }
            for (number, at) in bound_in(&page.raw, sentence) {
                let by = shown.by(page, sentence, &number);
                found.push(Bound {
                    page,
                    sentence,
                    at,
                    number,
                    by,
                    shown,
                });
            }
        }
    }
    found
}
