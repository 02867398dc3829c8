//! What a closed prediction hides does not stand before it.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use crate::fault::Fault;
use crate::pages::prose::{Sentence, labels_in};
use crate::pages::{Page, PartKind};
use crate::site::{Figure, Fold, words};

/// What a reader of a figure has read before a prediction asks, in words.
struct Before {
    /// What the text is, for a message.
    what: &'static str,
    text: String,
}

/// No line and no number of an output that is closed behind a question stands
/// in the caption, in the headings above, in the text between the figure before
/// and the question, in the question, or in what the entry of the section says of
/// the page, unless it stands in the program; and the caption repeats no three
/// words of it.
///
/// This is an approximation. A number counts from two digits on, or with a
/// fraction, in digits or in words: a smaller one is as likely a count of cooks as
/// a result. A line of
/// a single word counts where it has four letters or more. What a program
/// writes together from parts is told from what it has word for word, so that a
/// caption may quote the program and not the output. A question may name one of
/// several lines, to ask when it comes, and offer several numbers, to ask which
/// it is. What is said in other words is not seen: that takes a reader.
pub(super) fn predictions(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (page, seen) in context.pages() {
        if seen.open_predictions > 0 {
            faults.push(Fault::new(
                page.path.display(),
                format!("{} predictions stand open", seen.open_predictions),
                "take `open` out of <details class=\"predict\">",
            ));
        }
        for figure in &page.figures {
            // What stands in another closed block, such as the output of a
            // variation, is not given, and nothing asks for it.
            let at = |fold: Fold| -> Vec<_> {
                let blocks = page.blocks_of(figure);
                blocks.filter(|block| block.fold == fold).collect()
            };
            let (hidden, shown) = (at(Fold::Prediction), at(Fold::Open));
            if hidden.is_empty() {
                continue;
            }
            let join = |blocks: &[&crate::pages::Block]| -> String {
                let texts = blocks.iter().map(|block| block.text.as_str());
                texts.collect::<Vec<_>>().join("\n")
            };
            let given = join(&shown);
            let secret = Secret::new(&join(&hidden), &given);
            let mut before = before(page, figure);
            before.extend(entry(context, page));
            for before in before {
                if let Some(told) = secret.told_by(&before) {
                    faults.push(fault(page, figure, before.what, &told));
                }
            }
        }
    }
    faults
}

fn fault(page: &Page, figure: &Figure, what: &str, told: &str) -> Fault {
    Fault::new(
        page.at(figure.line),
        format!(
            "{what} gives away what the prediction of `{}` hides: {told:?}",
            figure.id
        ),
        "say the set-up, and the result below the output",
    )
}

fn before(page: &Page, figure: &Figure) -> Vec<Before> {
    // The command names the listing, and tells nothing else.
    let mut caption = figure.caption.clone();
    for command in &figure.commands {
        caption = words(&caption).replace(command, "");
    }
    let lines = page.raw.split_inclusive('\n').take(figure.line - 1);
    let start = lines.map(str::len).sum();
    let to = |mark: &str| {
        page.raw[start..].find(mark).map_or(start, |at| start + at)
    };
    let ahead = page.raw[..start].rfind("</figure>").unwrap_or(0)..start;
    let inside = to("</figcaption>")..to("class=\"predict");
    let headings = page.parts.iter();
    let headings = headings.filter(|p| matches!(p.kind, PartKind::Heading(_)));
    let told = page.sentences.iter().filter(|sentence| {
        let at = sentence.offset(0);
        (ahead.contains(&at) || inside.contains(&at))
            && sentence.place.details == 0
            && !headings.clone().any(|heading| heading.range.contains(&at))
    });
    let labels = [&page.raw[ahead.clone()], &page.raw[start..inside.end]];
    let labels = labels.into_iter().flat_map(labels_in);
    let mut before = vec![
        Before {
            what: CAPTION,
            text: caption,
        },
        Before {
            what: QUESTION,
            text: figure.questions.clone(),
        },
    ];
    let text = told.map(|s| s.text.as_str()).chain(labels);
    before.extend(text.map(|text| Before {
        what: "the text above",
        text: text.to_owned(),
    }));
    let above = page.parts.iter().take_while(|part| part.line < figure.line);
    let above: Vec<_> = above.collect();
    // The nearest heading, and those above it.
    let mut level = u8::MAX;
    for part in above.iter().rev() {
        if let PartKind::Heading(own) = part.kind
            && own < level
        {
            level = own;
            before.push(Before {
                what: "a heading above",
                text: part.words.clone(),
            });
        }
    }
    before
}

/// What the entry of the section says of the page, but for its minutes.
fn entry(context: &Context, page: &Page) -> Option<Before> {
    let home = page.path.parent()?;
    let entry = context.book.page(&home.with_extension("md"))?;
    let file = page.path.strip_prefix(entry.path.parent()?).ok()?;
    let all = &entry.sentences;
    let links = |s: &&Sentence| s.links.iter().any(|l| Path::new(l) == file);
    let item = all.iter().find(links)?.place.passage;
    let item = all.iter().filter(|sentence| sentence.place.passage == item);
    let text: Vec<&str> = item.map(|s| s.text.as_str()).collect();
    let text = text.join(" ");
    let said = text.split_once(" min: ").map(|(_, said)| said.to_owned());
    Some(Before {
        what: "the entry of the section",
        text: said.unwrap_or(text),
    })
}

const CAPTION: &str = "the caption";
const QUESTION: &str = "the question";

/// What an output says that its program does not.
struct Secret {
    lines: Vec<String>,
    numbers: BTreeSet<String>,
    /// Any three words that follow each other in a line.
    phrases: BTreeSet<String>,
}

impl Secret {
    fn new(output: &str, program: &str) -> Secret {
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
    fn told_by(&self, before: &Before) -> Option<String> {
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
