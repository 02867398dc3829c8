//! A number that a run gave stands in something that the page shows.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::Context;
use crate::fault::Fault;
use crate::files::{End, file_name};
use crate::pages::prose::Sentence;
use crate::pages::{Page, PartKind, line_of};
use crate::site::{Figure, Fold, Shows, is_external};

mod sentence;
mod written;

use sentence::{COUNTED, bound_in};
use written::{Number, numbers_in, readable, unit};

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

/// Every number that the pages show, by page.
#[derive(Debug)]
pub struct Shown<'a> {
    context: &'a Context,
    pages: BTreeMap<&'a Path, Vec<Exhibit>>,
}

/// The numbers of something that a page shows.
#[derive(Debug)]
struct Exhibit {
    line: usize,
    /// Whether the reader sees them at once.
    open: bool,
    numbers: Vec<Number>,
}

impl<'a> Shown<'a> {
    /// Reads what the pages show.
    pub fn of(context: &'a Context) -> Shown<'a> {
        let pages = context.book.pages.iter();
        let shown = pages.map(|page| (&*page.path, exhibits(context, page)));
        Shown {
            context,
            pages: shown.collect(),
        }
    }

    /// What these lines of a page show.
    fn within(
        &self,
        page: &Page,
        lines: Range<usize>,
    ) -> impl Iterator<Item = &Exhibit> {
        let shown = self.pages.get(&*page.path).into_iter().flatten();
        shown.filter(move |exhibit| lines.contains(&exhibit.line))
    }
}

fn exhibits(context: &Context, page: &Page) -> Vec<Exhibit> {
    let workspace = &context.workspace;
    let mut exhibits: Vec<Exhibit> = Vec::new();
    for block in &page.blocks {
        exhibits.push(Exhibit {
            line: block.line,
            open: block.fold == Fold::Open,
            numbers: numbers_in(&block.text, false),
        });
    }
    let mut open = |line: usize, text: &str, measured: bool| {
        exhibits.push(Exhibit {
            line,
            open: true,
            numbers: numbers_in(text, measured),
        });
    };
    for include in &page.includes {
        let drawn = match End::of(&include.path) {
            // The scales of a plot are no measurement, and its file is.
            Some(End::Plot) => {
                let mut plots = workspace.plots();
                let plot = plots.find(|p| p.fragment() == include.path);
                plot.map(|plot| (plot.data(), !plot.plot.exact))
            }
            Some(End::Lanes) => Some((include.path.clone(), false)),
            _ => None,
        };
        if let Some((file, measured)) = drawn
            && let Some(text) = workspace.text(&file)
        {
            open(include.line, &readable(text), measured);
        }
    }
    for figure in page.figures.iter().filter(|f| f.shows == Shows::Exercise) {
        let mut exercises = workspace.exercises.iter();
        if let Some(exercise) = exercises.find(|e| e.name == figure.id) {
            let files = [&exercise.starter, &exercise.solution];
            for text in files.into_iter().filter_map(|f| exercise.text(f)) {
                open(figure.line, text, false);
            }
        }
    }
    exhibits
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
    for page in &shown.context.book.pages {
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

impl Shown<'_> {
    /// What shows this number of a sentence: something beside it, or else what
    /// the sentence links to.
    fn by(
        &self,
        page: &Page,
        sentence: &Sentence,
        number: &Number,
    ) -> Vec<&Number> {
        let mut by = self.beside(page, sentence);
        by.retain(|shown| number.is(shown));
        if by.is_empty() {
            by = self.linked(page, sentence);
            by.retain(|shown| number.is(shown));
        }
        by
    }

    /// What is shown in the figure around a sentence, or else in what stands
    /// directly above it and directly below. A caption, and what stands above a
    /// figure, say nothing that only a closed output has.
    fn beside(&self, page: &Page, sentence: &Sentence) -> Vec<&Number> {
        let line = line_of(&page.raw, sentence.offset(0));
        let part = part_around(page, line);
        let mut places = places(page);
        places.retain(|lines| part.contains(&lines.start));
        let next = places.iter().find(|lines| lines.end > line);
        let around = next.filter(|lines| lines.start <= line);
        let above = places.iter().rfind(|lines| lines.end <= line);
        let seen = match around {
            None => above,
            around => around.filter(|_| sentence.place.details > 0),
        };
        let within = |lines: Option<&Range<usize>>| {
            let lines = lines.cloned().unwrap_or_default();
            self.within(page, lines)
        };
        let open = within(next).filter(|exhibit| exhibit.open);
        open.chain(within(seen))
            .flat_map(|exhibit| &exhibit.numbers)
            .collect()
    }

    /// What the pages show to which the sentence links, or the closed answer
    /// around it, which is one with its question.
    fn linked(&self, page: &Page, sentence: &Sentence) -> Vec<&Number> {
        let details = sentence.place.details;
        let others = page
            .sentences
            .iter()
            .filter(move |s| details > 0 && s.place.details == details)
            .flat_map(|s| &s.links);
        let places = sentence.links.iter().chain(others).filter_map(|link| {
            let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
            let page = self.context.book.page(&page.linked(file)?)?;
            let id = anchor.split('.').next();
            let figure = page.figures.iter().find(|f| Some(&*f.id) == id);
            Some((page, figure.map_or(0..usize::MAX, |f| lines_of(page, f))))
        });
        places
            .flat_map(|(page, lines)| self.within(page, lines))
            .flat_map(|exhibit| &exhibit.numbers)
            .collect()
    }
}

/// The part of a page in which a line stands, from one heading of the second
/// level to the next.
fn part_around(page: &Page, line: usize) -> Range<usize> {
    let headings = page.parts.iter();
    let headings = headings.filter(|p| p.kind == PartKind::Heading(2));
    let lines = headings.map(|part| part.line);
    let start = lines.clone().rfind(|start| *start <= line).unwrap_or(0);
    let end = lines.clone().find(|start| *start > line);
    start..end.unwrap_or(usize::MAX)
}

/// The lines of each figure, and of each block outside of any, from above.
fn places(page: &Page) -> Vec<Range<usize>> {
    let figures = page.figures.iter().map(|figure| lines_of(page, figure));
    let blocks = page.blocks.iter().filter(|block| block.figure.is_none());
    let blocks = blocks.map(|block| block.line..block.line + 1);
    let mut places: Vec<_> = figures.chain(blocks).collect();
    places.sort_by_key(|lines| lines.start);
    places
}

fn lines_of(page: &Page, figure: &Figure) -> Range<usize> {
    let rest = page.raw.lines().skip(figure.line - 1);
    let length = rest.take_while(|line| !line.contains("</figure>"));
    figure.line..figure.line + length.count() + 1
}
