//! What a closed prediction hides does not stand before it.

use std::path::Path;

use super::Context;
use crate::fault::Fault;
use crate::pages::prose::{Sentence, labels_in};
use crate::pages::{Page, PartKind};
use crate::site::{Figure, Fold, words};

mod secret;

use secret::Secret;

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
