//! Takes the sentences out of a page.

use std::mem;
use std::ops::Range;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};
use regex::Regex;
use scraper::Html;

use super::{Place, Sentence};
use crate::pages::MARKDOWN;

/// The sentences of a page as it is written. A link written out in HTML, and the
/// parts of a page that are included in it, are not seen.
pub(crate) fn sentences(raw: &str) -> Vec<Sentence> {
    let mut reader = Reader {
        raw,
        ..Reader::default()
    };
    for (event, range) in Parser::new_ext(raw, MARKDOWN).into_offset_iter() {
        reader.read(event, range);
    }
    reader.flush();
    reader.found
}

#[derive(Default)]
struct Reader<'a> {
    raw: &'a str,
    found: Vec<Sentence>,
    passage: Sentence,
    /// The links of the passage, each with its place in the text.
    links: Vec<(Range<usize>, String)>,
    /// Each `<details>` around: its number, and whether it is a variation.
    details: Vec<(usize, bool)>,
    /// How many have been opened.
    opened: usize,
    in_block: bool,
    in_code: bool,
}

impl Reader<'_> {
    fn read(&mut self, event: Event<'_>, range: Range<usize>) {
        match event {
            Event::Start(tag) => match tag {
                Tag::CodeBlock(_) => {
                    self.flush();
                    self.in_block = true;
                }
                Tag::Link { dest_url, .. } => {
                    let at = self.passage.text.len();
                    self.links.push((at..at, dest_url.into_string()));
                }
                Tag::Heading { .. } | Tag::TableHead | Tag::TableRow => {
                    self.flush();
                    self.passage.place.fragment = true;
                }
                Tag::TableCell if !self.passage.text.is_empty() => {
                    self.passage.push(" | ", range.start);
                }
                Tag::Paragraph
                | Tag::Item
                | Tag::DefinitionListTitle
                | Tag::DefinitionListDefinition
                | Tag::HtmlBlock => self.flush(),
                _ => {}
            },
            Event::End(tag) => match tag {
                TagEnd::CodeBlock => self.in_block = false,
                TagEnd::Link => {
                    let end = self.passage.text.len();
                    if let Some((range, _)) = self.links.last_mut() {
                        range.end = end;
                    }
                }
                TagEnd::Paragraph
                | TagEnd::Item
                | TagEnd::Heading(_)
                | TagEnd::TableHead
                | TagEnd::TableRow
                | TagEnd::DefinitionListDefinition
                | TagEnd::HtmlBlock => self.flush(),
                _ => {}
            },
            Event::Text(_) if self.in_block => {}
            Event::Text(said) if self.in_code => {
                self.passage.push_code(&said, range.start);
            }
            Event::Text(said) => self.text(&said, range.start),
            Event::Code(said) => {
                let written = &self.raw[range.clone()];
                let inside = written.find(&*said).unwrap_or(0);
                self.passage.push_code(&said, range.start + inside);
            }
            Event::SoftBreak | Event::HardBreak => {
                self.passage.push(" ", range.start);
            }
            Event::Html(html) | Event::InlineHtml(html) => {
                self.html(&html, range.start);
            }
            _ => {}
        }
    }

    /// What stands between the words for an include is not written here, and no
    /// reader sees where a word may be broken.
    fn text(&mut self, said: &str, raw: usize) {
        static UNSEEN: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new("\\{\\{#[^}]*}}|[\u{ad}\u{200b}\u{2060}\u{feff}]")
                .expect("correct pattern")
        });
        let mut from = 0;
        for unseen in UNSEEN.find_iter(said) {
            self.passage.push(&said[from..unseen.start()], raw + from);
            from = unseen.end();
        }
        self.passage.push(&said[from..], raw + from);
    }

    fn html(&mut self, html: &str, raw: usize) {
        static TAG: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"<(/?)([A-Za-z][A-Za-z0-9]*)([^>]*)>")
                .expect("correct pattern")
        });
        let mut from = 0;
        for tag in TAG.captures_iter(html) {
            let (whole, [close, name, attributes]) = tag.extract();
            let at = tag.get(0).map_or(0, |m| m.start());
            self.written(&html[from..at], raw + from);
            from = at + whole.len();
            let open = close.is_empty();
            match name {
                "code" => self.in_code = open,
                "a" | "abbr" | "b" | "em" | "i" | "kbd" | "mark" | "s"
                | "small" | "span" | "strong" | "sub" | "sup" | "u" | "var"
                | "br" | "wbr" => {}
                _ => self.flush(),
            }
            match (name, open) {
                ("details", true) => {
                    self.opened += 1;
                    let what_if = attributes.contains("whatif");
                    self.details.push((self.opened, what_if));
                }
                ("details", false) => {
                    self.details.pop();
                }
                ("figure", open) => {
                    self.passage.place.exercise =
                        open && attributes.contains("\"exercise\"");
                }
                _ => {}
            }
            let place = &mut self.passage.place;
            place.what_if = self.details.iter().any(|(_, what_if)| *what_if);
            place.details = self.details.last().map_or(0, |(n, _)| *n);
        }
        self.written(&html[from..], raw + from);
    }

    /// The text between two tags.
    fn written(&mut self, said: &str, raw: usize) {
        let decoded = said.contains('&').then(|| {
            let html = Html::parse_fragment(&format!("<p>{said}</p>"));
            html.root_element().text().collect::<String>()
        });
        let said = decoded.as_deref().unwrap_or(said);
        match self.in_code {
            true if !said.is_empty() => self.passage.push_code(said, raw),
            _ => self.text(said, raw),
        }
    }

    fn flush(&mut self) {
        let place = self.passage.place;
        let next = Place {
            passage: place.passage + 1,
            fragment: false,
            ..place
        };
        let empty = Sentence {
            place: next,
            ..Sentence::default()
        };
        let passage = mem::replace(&mut self.passage, empty);
        let links = mem::take(&mut self.links);
        for range in split(&passage) {
            let mut sentence = passage.part(range.clone());
            let inside = links
                .iter()
                .filter(|(at, _)| place.fragment || range.contains(&at.start));
            sentence.links = inside.map(|(_, link)| link.clone()).collect();
            self.found.push(sentence);
        }
    }
}

/// Where the sentences of a passage stand. A row or a heading is one.
fn split(passage: &Sentence) -> Vec<Range<usize>> {
    static END: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"[.!?]["”*)]*\s+["“(*]*[A-Z`]"#).expect("correct pattern")
    });
    let text = &passage.text;
    let in_code = |at: usize| passage.code.iter().any(|c| c.contains(&at));
    let mut ranges = Vec::new();
    let mut from = 0;
    let mut search = 0;
    while let Some(found) = END.find_at(text, search) {
        search = found.start() + 1;
        if in_code(found.start()) || passage.place.fragment {
            continue;
        }
        let white = found.as_str().find(char::is_whitespace).unwrap_or(1);
        let end = found.start() + white;
        ranges.push(from..end);
        from = end;
        search = end;
    }
    ranges.push(from..text.len());
    let trimmed = ranges.into_iter().map(|range| {
        let piece = &text[range.clone()];
        let start = range.start + (piece.len() - piece.trim_start().len());
        start..(start + piece.trim().len())
    });
    trimmed.filter(|range| !range.is_empty()).collect()
}
