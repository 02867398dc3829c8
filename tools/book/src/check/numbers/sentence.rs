//! Which numbers of a sentence the rule binds.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::written::{Number, all_in, pattern, unit};
use crate::pages::prose::Sentence;

/// Words for what is counted.
pub(super) const COUNTED: [&str; 36] = [
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
pub(super) fn bound_in(
    raw: &str,
    sentence: &Sentence,
) -> Vec<(Number, Range<usize>)> {
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
