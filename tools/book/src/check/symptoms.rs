//! Who looks up a message finds a program that shows it.

use super::Context;
use crate::fault::Fault;
use crate::files::End;
use crate::listings::Listing;

/// In a table, a row that begins with a message in “quotes” leads to listings,
/// and each of them, or of their variations, prints it.
pub(super) fn symptoms(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for page in &context.book.pages {
        for (index, row) in page.raw.lines().enumerate() {
            let message = row.strip_prefix("| “");
            let Some((message, rest)) = message.and_then(|m| m.split_once('”'))
            else {
                continue;
            };
            let mut add = |what: String, mend: &str| {
                faults.push(Fault::new(page.at(index + 1), what, mend));
            };
            let mut named = rest
                .split("](")
                .skip(1)
                .filter_map(|link| link.split_once(')')?.0.split_once('#'))
                .filter_map(|(_, id)| context.workspace.listing(id))
                .peekable();
            if named.peek().is_none() {
                let what = format!("“{message}” leads to no listing");
                add(what, "link the figure of a program that shows it");
            }
            for listing in named.filter(|listing| !says(listing, message)) {
                let what =
                    format!("`{}` does not say “{message}”", listing.name);
                add(what, "write what it says, or link another");
            }
        }
    }
    faults
}

/// Whether something that a listing prints, or a compiler says of it, holds this
/// message.
fn says(listing: &Listing, message: &str) -> bool {
    let printed = listing.outputs().filter(|file| file.end != End::Diff);
    let mut texts = printed.map(|file| file.text.as_str());
    let words = |text: &str| -> String {
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    texts.any(|text| words(text).contains(&words(message)))
}
