//! A number that a run gave stands in something that the page shows.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use super::prose::{Sentence, sentences};
use crate::fault::Fault;
use crate::files::{End, file_name};
use crate::pages::{Block, Page, PartKind, line_of};
use crate::site::{Figure, Fold, Shows, is_external};

/// A number of the running text that the rule binds.
#[derive(Clone, Debug)]
pub struct Bound {
    /// Where its digits stand in the page as it is written.
    pub range: Range<usize>,
    /// The digits.
    pub digits: String,
    /// Whether something shows it.
    pub shown: bool,
    /// Whether a measurement shows it.
    pub measured: bool,
    /// The number with its unit.
    said: String,
    sentence: String,
}

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
    let mut faults = Vec::new();
    for page in &context.book.pages {
        for number in bound(context, page) {
            if number.shown {
                continue;
            }
            faults.push(Fault::new(
                page.at(line_of(&page.raw, number.range.start)),
                format!(
                    "no figure directly above or below shows `{}`: {:?}",
                    number.said, number.sentence
                ),
                "write it beside the output or the measurement, as that has it; \
                 or link to its figure, its page or its source in the sentence; \
                 or do without the number",
            ));
        }
    }
    faults
}

/// The numbers of a page that the rule binds: none in an appendix, which repeats
/// what pages have shown, or counts them.
pub fn bound(context: &Context, page: &Page) -> Vec<Bound> {
    if file_name(&page.path).starts_with("appendix-") {
        return Vec::new();
    }
    let exhibits = exhibits(context, page);
    let parts = parts_of(page);
    let mut found = Vec::new();
    let all = sentences(&page.raw);
    for sentence in &all {
        if sentence.links.iter().any(|link| is_external(link)) {
            continue;
        }
        let numbers = measured(&page.raw, sentence);
        if numbers.is_empty() {
            continue;
        }
        let line = line_of(&page.raw, sentence.offset(0));
        let part = parts.iter().find(|lines| lines.contains(&line));
        let own = beside(&exhibits, part, line, sentence);
        for (number, at) in numbers {
            let linked;
            let mut by = shown_by(&own, &number);
            if by.is_empty() {
                linked = linked_to(context, page, sentence, &all);
                by = shown_by(&linked, &number);
            }
            let start = sentence.offset(at.start);
            let digits = &sentence.text[at.clone()];
            let word = number
                .unit
                .as_deref()
                .filter(|word| unit(word).is_some() || COUNTED.contains(word));
            let said = format!("{digits} {}", word.unwrap_or_default());
            found.push(Bound {
                range: start..start + at.len(),
                digits: digits.to_owned(),
                shown: !by.is_empty(),
                measured: by.iter().any(|n| n.measured),
                said: said.trim_end().to_owned(),
                sentence: sentence.text.clone(),
            });
        }
    }
    found
}

/// What the pages show to which the sentence links, or the closed answer around
/// it, which is one with its question.
fn linked_to(
    context: &Context,
    page: &Page,
    sentence: &Sentence,
    all: &[Sentence],
) -> Vec<Number> {
    let details = sentence.place.details;
    let others = all
        .iter()
        .filter(|s| details > 0 && s.place.details == details)
        .flat_map(|s| &s.links);
    let files = sentence.links.iter().chain(others).filter_map(|link| {
        let (file, anchor) = link.split_once('#').unwrap_or((link, ""));
        let page = context.book.page(&page.linked(file)?)?;
        let id = anchor.split('.').next();
        let figure = page.figures.iter().find(|f| Some(&*f.id) == id);
        Some((page, figure.map_or(0..usize::MAX, |f| lines_of(page, f))))
    });
    files
        .flat_map(|(page, lines)| evidence(context, page, &lines, |_| true))
        .collect()
}

/// A number, in a text or in what a page shows.
#[derive(Clone, Debug)]
struct Number {
    /// Its digits, without what groups them.
    text: String,
    value: f64,
    unit: Option<String>,
    /// Whether it has been measured, and another run may print another.
    measured: bool,
}

/// The parts of a page, from one heading of the second level to the next, by
/// their lines.
fn parts_of(page: &Page) -> Vec<Range<usize>> {
    let headings = page
        .parts
        .iter()
        .filter(|p| matches!(p.kind, PartKind::Heading(level) if level == 2));
    let mut starts = vec![0];
    starts.extend(headings.map(|part| part.line));
    let ends = starts.iter().skip(1).copied().chain([usize::MAX]);
    starts
        .iter()
        .zip(ends)
        .map(|(from, to)| *from..to)
        .collect()
}

/// A figure, or a block outside of any.
struct Exhibit {
    lines: Range<usize>,
    /// The numbers that the reader sees at once.
    open: Vec<Number>,
    /// Those behind a question.
    closed: Vec<Number>,
}

fn lines_of(page: &Page, figure: &Figure) -> Range<usize> {
    let rest = page.raw.lines().skip(figure.line - 1);
    let length = rest.take_while(|line| !line.contains("</figure>"));
    figure.line..figure.line + length.count() + 1
}

/// What a page shows, from above.
fn exhibits(context: &Context, page: &Page) -> Vec<Exhibit> {
    let figures = page.figures.iter().map(|figure| lines_of(page, figure));
    let blocks = page.blocks.iter().filter(|block| block.figure.is_none());
    let blocks = blocks.map(|block| block.line..block.line + 1);
    let mut all: Vec<_> = figures.chain(blocks).collect();
    all.sort_by_key(|lines| lines.start);
    let evidence = |lines: &Range<usize>, closed: bool| {
        evidence(context, page, lines, |b| (b.fold != Fold::Open) == closed)
    };
    all.into_iter()
        .map(|lines| Exhibit {
            open: evidence(&lines, false),
            closed: evidence(&lines, true),
            lines,
        })
        .collect()
}

/// What is shown in the figure around a sentence, or else in what stands
/// directly above it and directly below. A caption, and what stands above a
/// figure, say nothing that only a closed output has.
fn beside(
    exhibits: &[Exhibit],
    part: Option<&Range<usize>>,
    line: usize,
    sentence: &Sentence,
) -> Vec<Number> {
    let here = |e: &&Exhibit| part.is_some_and(|p| p.contains(&e.lines.start));
    let mut exhibits = exhibits.iter().filter(here);
    let next = exhibits.clone().find(|e| e.lines.end > line);
    let around = next.filter(|e| e.lines.start <= line);
    let above = exhibits.rfind(|e| e.lines.end <= line && around.is_none());
    let seen = above.or(around.filter(|_| sentence.place.details > 0));
    let open = next.into_iter().chain(seen).flat_map(|e| &e.open);
    let closed = seen.into_iter().flat_map(|e| &e.closed);
    open.chain(closed).cloned().collect()
}

/// Every number that these lines of a page show.
fn evidence(
    context: &Context,
    page: &Page,
    lines: &Range<usize>,
    seen: impl Fn(&Block) -> bool,
) -> Vec<Number> {
    let blocks = page.blocks.iter();
    let blocks = blocks.filter(|b| lines.contains(&b.line) && seen(b));
    let mut texts: Vec<&str> = blocks.map(|b| b.text.as_str()).collect();
    let workspace = &context.workspace;
    let includes = page.includes.iter();
    let here = includes.filter(|i| lines.contains(&i.line));
    let drawn = here.filter_map(|i| match End::of(&i.path)? {
        // The scales of a plot are no measurement, and its file is.
        End::Plot => {
            let plot = workspace.plots().find(|p| p.fragment() == i.path)?;
            Some((workspace.text(&plot.data())?, !plot.plot.exact))
        }
        End::Lanes => Some((workspace.text(&i.path)?, false)),
        _ => None,
    });
    for exercise in page
        .figures
        .iter()
        .filter(|figure| figure.shows == Shows::Exercise)
        .filter(|figure| lines.contains(&figure.line))
        .filter_map(|f| workspace.exercises.iter().find(|e| e.name == f.id))
    {
        let tests = exercise.starter.with_file_name("main.rs");
        let files = [&tests, &exercise.starter, &exercise.solution];
        texts.extend(files.into_iter().filter_map(|f| exercise.text(f)));
    }
    let drawn = drawn.flat_map(|(text, is)| numbers_in(&readable(text), is));
    let written = texts.iter().flat_map(|text| numbers_in(text, false));
    written.chain(drawn).collect()
}

/// The numbers of a text, and what is written as a product: `64 * 1024`,
/// `1 << 17`.
fn numbers_in(text: &str, measured: bool) -> Vec<Number> {
    static PRODUCT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(\d[\d_]*) (\*|<<) (\d[\d_]*)\b"));
    let products = PRODUCT.captures_iter(text).filter_map(|found| {
        let (_, [left, sign, right]) = found.extract();
        let number = |digits: &str| digits.replace('_', "").parse::<f64>().ok();
        let (left, right) = (number(left)?, number(right)?);
        let value = match sign {
            "*" => left * right,
            _ => left * right.exp2(),
        };
        Some(Number {
            text: value.to_string(),
            value,
            unit: None,
            measured,
        })
    });
    let written = all_in(text).into_iter();
    let written = written.map(|(number, _)| Number { measured, ..number });
    written.chain(products).collect()
}

/// A text without its tags.
fn readable(text: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| pattern("<[^>]*>"));
    TAG.replace_all(text, " ").into_owned()
}

fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("correct pattern")
}

/// Digits, and the word behind them.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let space = "[ \u{a0}\u{202f}\u{2009}]";
    let groups = format!(r"\d{{1,3}}(?:(?:,|_|{space})\d{{3}}\b)+|\d+");
    pattern(&format!(
        r"({groups})(\.\d+)?(?:_?[iuf](?:8|16|32|64|128|size))?(?:(?:{space}|-)?([%A-Za-zµ]+))?"
    ))
});

/// Each number of a text with the place of its digits.
fn all_in(text: &str) -> Vec<(Number, Range<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(number) = NUMBER.captures_at(text, from) {
        let part = |n: usize| number.get(n).map(|m| m.range());
        let Some(whole) = part(1) else { break };
        let end = part(2).map_or(whole.end, |fraction| fraction.end);
        let digits = whole.start..end;
        from = end;
        // A part of a name, of a version, or of an address.
        let before = text[..digits.start].chars().next_back();
        let after = text[end..].chars().collect::<Vec<_>>();
        let dotted = after.first() == Some(&'.')
            && after.get(1).is_some_and(char::is_ascii_digit);
        if dotted {
            let rest = &text[end..];
            let version = |c: char| c == '.' || c.is_ascii_digit();
            from += rest.find(|c| !version(c)).unwrap_or(rest.len());
            continue;
        }
        if before.is_some_and(|c| c.is_alphanumeric() || "_.#/§+".contains(c))
            || before == Some('-')
                && text[..digits.start - 1]
                    .ends_with(|c: char| c.is_alphanumeric())
        {
            continue;
        }
        let plain = text[digits.clone()]
            .replace(|c: char| !c.is_ascii_digit() && c != '.', "");
        let Ok(value) = plain.parse::<f64>() else {
            continue;
        };
        let unit = part(3).map(|unit| text[unit].to_owned());
        let number = Number {
            text: plain,
            value,
            unit,
            measured: false,
        };
        found.push((number, digits));
    }
    found
}

/// What is measured in a unit, in the smallest one.
fn unit(word: &str) -> Option<(&'static str, f64)> {
    let unit = match word {
        "ns" | "nanosecond" | "nanoseconds" => ("time", 1.0),
        "µs" | "us" | "microsecond" | "microseconds" => ("time", 1e3),
        "ms" | "millisecond" | "milliseconds" => ("time", 1e6),
        "s" | "second" | "seconds" => ("time", 1e9),
        "min" | "minute" | "minutes" => ("time", 60e9),
        "h" | "hour" | "hours" => ("time", 3600e9),
        "B" | "byte" | "bytes" => ("size", 1.0),
        "kB" | "KB" => ("size", 1e3),
        "KiB" => ("size", 1024.0),
        "MB" => ("size", 1e6),
        "MiB" => ("size", 1024.0 * 1024.0),
        "GB" => ("size", 1e9),
        "GiB" => ("size", 1024.0 * 1024.0 * 1024.0),
        "%" | "percent" => ("share", 1.0),
        "thousand" => ("count", 1e3),
        "million" => ("count", 1e6),
        _ => return None,
    };
    Some(unit)
}

/// Words for what is counted.
const COUNTED: [&str; 36] = [
    "allocations",
    "beats",
    "bytes",
    "calls",
    "connections",
    "copies",
    "cores",
    "crates",
    "dishes",
    "elements",
    "eggs",
    "futures",
    "guests",
    "items",
    "jobs",
    "joins",
    "locks",
    "messages",
    "orders",
    "polls",
    "requests",
    "retries",
    "rounds",
    "runs",
    "schedules",
    "squares",
    "steps",
    "tasks",
    "threads",
    "times",
    "turns",
    "unit",
    "units",
    "waits",
    "wakes",
    "workers",
];

/// What makes a name of the number before it.
const NAMES: [&str; 5] = ["st", "nd", "rd", "th", "bit"];

/// The numbers of a sentence that are bound.
fn measured(raw: &str, sentence: &Sentence) -> Vec<(Number, Range<usize>)> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        let names = "Rust|Tokio|Linux|Rayon|smol|mdBook|reqwest|[Ee]dition\
                     |[Vv]ersions?|[Ss]ections?|RFC|RFD|[Ii]ssue|[Ll]ines?\
                     |[Ss]tatus(?: is| of)?|[Cc]ode|[Ss]ignal|[Oo]rder|[Pp]rompt|[Pp]ort\
                     |January|February|March|April|May|June|July|August\
                     |September|October|November|December|Chapter|chapter";
        pattern(&format!(r"(?:\b(?:{names})|`) \[?$"))
    });
    static MONTH: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            "^(?:January|February|March|April|May|June|July|August|September\
             |October|November|December)$",
        )
    });
    let text = &sentence.text;
    let mut numbers = all_in(text);
    numbers.retain(|(number, at)| {
        let word = number.unit.as_deref();
        let has_unit = word.is_some_and(|w| unit(w).is_some());
        // Code is looked after where it stands; an output that is quoted in a
        // sentence has a unit, or no letter.
        let mut code = sentence.code.iter();
        let code = code.find(|c| c.contains(&at.start));
        let quoted = |c: &Range<usize>| {
            !text[c.clone()].contains(|c: char| c.is_alphabetic())
        };
        if has_unit || code.is_some_and(|c| !quoted(c)) {
            return has_unit && !is_minutes(raw, sentence, number, at);
        }
        let counts = word.is_some_and(|w| COUNTED.contains(&w));
        let named = NAMED.is_match(&text[..at.start]);
        let section = number.text.starts_with("6.");
        let year = !text[at.clone()].contains(',')
            && number.value.fract() == 0.0
            && number.value != 2000.0
            && (1950.0..2100.0).contains(&number.value);
        let date = word.is_some_and(|w| MONTH.is_match(w));
        // "the 3rd", "64-bit", and the number of a heading.
        let name = word.is_some_and(|w| NAMES.contains(&w));
        let first = at.start == 0 && text[at.end..].starts_with(". ");
        let small = number.value < 10.0 && !number.text.contains('.');
        !(named || section || date || name || first)
            && (counts || !(year || small))
    });
    numbers
}

/// Whether the rule `minutes` looks after it: how long a page takes to read.
fn is_minutes(
    raw: &str,
    sentence: &Sentence,
    number: &Number,
    at: &Range<usize>,
) -> bool {
    let from = sentence.offset(at.start);
    let start = raw[..from].rfind('\n').map_or(0, |line| line + 1);
    raw[start..from].starts_with("- [")
        && raw[start..from].ends_with(".md), ")
        && raw[from..].starts_with(&format!("{} min:", number.text))
}

/// Those of the numbers that are this one.
fn shown_by<'a>(evidence: &'a [Number], number: &Number) -> Vec<&'a Number> {
    let measure = number.unit.as_deref().and_then(unit);
    let mut shown = evidence.iter().collect::<Vec<_>>();
    shown.retain(|shown| {
        let other = shown.unit.as_deref().and_then(unit);
        match (measure, other) {
            (Some((what, factor)), Some((kind, other))) => {
                what == kind
                    && rounds(shown.value * other / factor, number, shown)
            }
            // A program has bare numbers: of the same unit, or of a smaller one.
            (Some((what, factor)), None) => {
                let smaller: &[f64] = match what {
                    "time" if factor > 1e9 => &[1.0, 60.0],
                    "time" => &[1.0, 1000.0],
                    "size" => &[1.0, 1024.0],
                    "count" => &[factor],
                    _ => &[1.0],
                };
                let mut steps = smaller.iter();
                steps.any(|step| rounds(shown.value / step, number, shown))
            }
            (None, _) => rounds(shown.value, number, shown),
        }
    });
    shown
}

/// Whether this value is the number as it is written: the same, or more precise
/// and rounded.
fn rounds(value: f64, number: &Number, shown: &Number) -> bool {
    let places = number.text.split_once('.').map_or(0, |(_, f)| f.len());
    let unit = 10f64.powi(places as i32);
    let near = |a: f64, b: f64| (a - b).abs() <= a.abs() * 1e-9;
    let digits = number.text.chars().filter(char::is_ascii_digit).count();
    near(value, number.value)
        || shown.text.contains('.')
            && digits >= 2
            && near((value * unit).round() / unit, number.value)
}
