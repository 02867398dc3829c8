//! The running text of a page, sentence by sentence.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

mod reader;

pub(crate) use reader::sentences;

/// A sentence that a reader sees outside of blocks of code.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sentence {
    /// What is read; code stands between backticks.
    pub(crate) text: String,
    /// Where the code stands in it, without its backticks.
    pub(crate) code: Vec<Range<usize>>,
    /// Where the links point of the sentence, and of the row of its table.
    pub(crate) links: Vec<String>,
    /// Where it stands.
    pub(crate) place: Place,
    /// Pieces of the text, and where they stand in the page as it is written.
    pieces: Vec<(usize, usize)>,
}

/// Where a sentence stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    /// The passage, by its index: a paragraph, an item, a row, a caption.
    pub(crate) passage: usize,
    /// The innermost `<details>`, by its number; 0 outside.
    pub(crate) details: usize,
    /// It is a heading, or in a table.
    pub(crate) fragment: bool,
    /// It belongs to a variation.
    pub(crate) what_if: bool,
    /// It says what is to be done in an exercise.
    pub(crate) exercise: bool,
}

impl Sentence {
    /// Where a byte of the text stands in the page as it is written.
    pub(crate) fn offset(&self, at: usize) -> usize {
        let before = self.pieces.iter().rev().find(|(text, _)| *text <= at);
        before.map_or(0, |(text, raw)| raw + (at - text))
    }

    /// The text with every span of code replaced by the same letter.
    pub(crate) fn flat(&self) -> String {
        let mut flat = String::new();
        let mut from = 0;
        for code in &self.code {
            flat.push_str(&self.text[from..code.start]);
            flat.push('c');
            from = code.end;
        }
        flat.push_str(&self.text[from..]);
        flat
    }

    /// The same sentence with other words in this place.
    pub(crate) fn with(&self, place: Range<usize>, words: &str) -> Sentence {
        let moved = |at: usize| match at >= place.end {
            true => at + words.len() - place.len(),
            false => at,
        };
        let mut changed = self.clone();
        changed.text.replace_range(place.clone(), words);
        for code in &mut changed.code {
            *code = moved(code.start)..moved(code.end);
        }
        for (text, _) in &mut changed.pieces {
            *text = moved(*text);
        }
        changed
    }

    fn push(&mut self, said: &str, raw: usize) {
        self.pieces.push((self.text.len(), raw));
        self.text.push_str(said);
    }

    fn push_code(&mut self, said: &str, raw: usize) {
        self.push("`", raw);
        let from = self.text.len();
        self.push(said, raw);
        self.code.push(from..self.text.len());
        self.push("`", raw);
    }

    fn part(&self, range: Range<usize>) -> Sentence {
        let moved = |at: usize| at - range.start;
        let inside = self.pieces.iter().filter(|(at, _)| range.contains(at));
        let first = (0, self.offset(range.start));
        let rest = inside.map(|(at, raw)| (moved(*at), *raw));
        let code = self.code.iter().filter(|c| range.contains(&c.start));
        Sentence {
            text: self.text[range.clone()].to_owned(),
            code: code.map(|c| moved(c.start)..moved(c.end)).collect(),
            links: Vec::new(),
            place: self.place,
            pieces: [first].into_iter().chain(rest).collect(),
        }
    }
}

/// What a browser shows or says of an element, without its being a text.
pub(crate) fn labels_in(raw: &str) -> impl Iterator<Item = &str> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"(?:\b(?:title|alt|aria-label)=|\]\(\S+ )"([^"]*)""#)
            .expect("correct pattern")
    });
    let labels = LABEL.captures_iter(raw);
    labels.filter_map(|label| Some(label.get(1)?.as_str()))
}

#[cfg(test)]
mod tests {
    use super::Sentence;

    /// A sentence of a page that begins at byte 100.
    fn sentence() -> Sentence {
        let mut sentence = Sentence::default();
        sentence.push("In 10 ms ", 100);
        sentence.push_code("toast(7)", 110);
        sentence.push(" and ", 120);
        sentence.push_code("eggs", 126);
        sentence.push(" end.", 131);
        sentence
    }

    /// What is code in it, the text without it, and where its end stands.
    fn seen(sentence: &Sentence) -> (Vec<&str>, String, usize) {
        let code = sentence.code.iter();
        let code = code.map(|code| &sentence.text[code.clone()]).collect();
        let end = sentence.text.rfind("end").expect("it ends");
        (code, sentence.flat(), sentence.offset(end))
    }

    #[test]
    fn other_words_take_along_what_stands_behind_them() {
        for (words, now) in [("10", "10"), ("10", "1,000"), ("10 ms", "no")] {
            let before = sentence();
            let start = before.text.find(words).expect("they are there");
            let changed = before.with(start..start + words.len(), now);
            let flat = before.flat().replace(words, now);
            let expected = (vec!["toast(7)", "eggs"], flat, 132);
            assert_eq!(seen(&changed), expected, "{words}: {now}");
        }
    }

    #[test]
    fn other_words_in_code_are_code() {
        for (now, code) in [("12345", "toast(12345)"), ("", "toast()")] {
            let before = sentence();
            let start = before.text.find('7').expect("it is there");
            let changed = before.with(start..start + 1, now);
            let expected = (vec![code, "eggs"], before.flat(), 132);
            assert_eq!(seen(&changed), expected, "{now}");
        }
    }
}
