//! What a reader cannot know from the program.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::{Before, CAPTION, QUESTION};
use crate::site::words;

/// What an output says that its program does not.
pub(super) struct Secret {
    lines: Vec<String>,
    numbers: BTreeSet<String>,
    /// Any three words that follow each other in a line.
    phrases: BTreeSet<String>,
}

impl Secret {
    pub(super) fn new(output: &str, program: &str) -> Secret {
        let flat = words(program);
        let lines = output.lines().map(words).filter(|line| {
            let letters = line.chars().filter(|c| c.is_alphanumeric()).count();
            letters >= 4 && !flat.contains(line.as_str())
        });
        let known = phrases(program);
        let phrases = output.lines().flat_map(phrases);
        Secret {
            lines: lines.collect(),
            numbers: numbers(output)
                .difference(&numbers(program))
                .cloned()
                .collect(),
            phrases: phrases.filter(|phrase| !known.contains(phrase)).collect(),
        }
    }

    /// What a text tells of it.
    pub(super) fn told_by(&self, before: &Before) -> Option<String> {
        let flat = words(&before.text);
        let asks = before.what == QUESTION;
        let mut lines = self.lines.iter();
        let line = lines.find(|line| holds(&flat, line)).cloned();
        let line = line.filter(|_| !asks || self.lines.len() == 1);
        let number = || {
            let said = numbers(&before.text);
            let choice = asks && said.len() > 1;
            let told = said.intersection(&self.numbers).next().cloned();
            told.filter(|_| !choice)
        };
        let phrase = || {
            let caption = before.what == CAPTION;
            let said = if caption {
                phrases(&before.text)
            } else {
                vec![]
            };
            said.into_iter()
                .find(|phrase| self.phrases.contains(phrase))
        };
        line.or_else(number).or_else(phrase)
    }
}

/// Whether a text holds another, not as a part of a word.
fn holds(text: &str, part: &str) -> bool {
    let borders = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
    text.match_indices(part).any(|(at, _)| {
        let end = at + part.len();
        borders(text[..at].chars().next_back())
            && borders(text[end..].chars().next())
    })
}

/// The numbers of two digits or more, and those with a fraction, without what
/// groups their digits.
fn numbers(text: &str) -> BTreeSet<String> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        let space = "[,_'\u{a0}\u{2009}\u{202f}]";
        Regex::new(&format!(r"\b\d+(?:{space}\d{{3}})*(?:\.\d+)?"))
            .expect("correct pattern")
    });
    let digits = |number: regex::Match<'_>| {
        let digit = |c: &char| c.is_ascii_digit() || *c == '.';
        number.as_str().chars().filter(digit).collect::<String>()
    };
    let numbers = NUMBER.find_iter(text).map(digits);
    let numbers = numbers.chain(in_words(text));
    numbers.filter(|number| number.len() > 1).collect()
}

/// The numbers that are written in words.
fn in_words(text: &str) -> Vec<String> {
    const SMALL: [&str; 19] = [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
        "ninety",
    ];
    let at = |list: &[&str], word| list.iter().position(|w| *w == word);
    let (mut found, mut thousands, mut rest) = (Vec::new(), 0, 0);
    let text = text.to_lowercase();
    for word in text.split(|c: char| c.is_whitespace() || c == '-') {
        let bare = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        match (at(&SMALL, bare), at(&TENS, bare), bare) {
            (Some(at), ..) => rest += at + 1,
            (_, Some(at), _) => rest += 10 * (at + 2),
            (.., "hundred") => rest = 100 * rest.max(1),
            (.., "thousand") => (thousands, rest) = (1000 * rest.max(1), 0),
            (.., "and") if thousands + rest >= 100 => {}
            _ => {
                found.push((thousands + rest).to_string());
                (thousands, rest) = (0, 0);
            }
        }
        if bare != word {
            found.push((thousands + rest).to_string());
            (thousands, rest) = (0, 0);
        }
    }
    found.push((thousands + rest).to_string());
    found
}

/// Any three words of a line that follow each other, in small letters.
fn phrases(text: &str) -> Vec<String> {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    words.windows(3).map(|three| three.join(" ")).collect()
}
