//! The numbers that the pages show, and which of them stand beside a sentence.

use std::collections::BTreeMap;
use std::ops::Range;
use std::path::Path;

use super::written::{Number, numbers_in, readable};
use crate::check::Context;
use crate::files::End;
use crate::pages::prose::Sentence;
use crate::pages::{Page, PartKind, line_of};
use crate::site::{Figure, Fold, Shows};

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

    /// The book.
    pub(super) fn context(&self) -> &'a Context {
        self.context
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

impl Shown<'_> {
    /// What shows this number of a sentence: something beside it, or else what
    /// the sentence links to.
    pub(super) fn by(
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
