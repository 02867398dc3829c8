//! The text of a listing: what its page shows, and what it repeats.

use std::collections::BTreeMap;

use similar::TextDiff;

use super::Context;
use crate::fault::Fault;
use crate::listings::{Kind, Listing};

/// The marks around the part that a page shows.
const SHOWN: (&str, &str) = ("// ANCHOR: shown", "// ANCHOR_END: shown");

/// What a page shows of a listing: the part that is marked so, or all of it.
pub fn shown(text: &str) -> String {
    let mut part = None;
    let mut open = false;
    for line in text.lines() {
        match line.trim() {
            mark if mark == SHOWN.0 => {
                open = true;
                part.get_or_insert_with(String::new);
            }
            mark if mark == SHOWN.1 => open = false,
            _ if open => {
                let part = part.get_or_insert_with(String::new);
                part.push_str(line);
                part.push('\n');
            }
            _ => {}
        }
    }
    part.unwrap_or_else(|| text.to_owned())
}

/// What has to be changed in what the page shows of `from`, to get what it
/// shows of `to`: the lines of a unified diff, each part with the line above
/// and below it.
pub fn change(from: &Listing, to: &Listing) -> String {
    let (old, new) = (shown(&from.text), shown(&to.text));
    let diff = TextDiff::from_lines(&old, &new);
    let hunks = diff.unified_diff().context_radius(1).to_string();
    // The numbers of lines would be those of the part, which nobody counts.
    let lines = hunks.lines().map(|line| match line.starts_with("@@ ") {
        true => "@@",
        false => line.trim_end(),
    });
    lines.map(|line| format!("{line}\n")).collect()
}

/// A program's items, and those of them that its page shows.
struct Items<'a> {
    listing: &'a Listing,
    all: BTreeMap<String, String>,
    seen: BTreeMap<String, String>,
}

/// What several listings of a section repeat, out of their reader's sight, is
/// the same in all of them.
pub(super) fn repeated(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for section in &context.workspace.sections {
        let programs: Vec<Items> = section
            .listings
            .iter()
            .filter(|listing| {
                matches!(listing.kind, Kind::Example | Kind::Broken)
            })
            .map(|listing| Items {
                listing,
                all: items(&listing.text),
                seen: items(&shown(&listing.text)),
            })
            .collect();
        for (index, program) in programs.iter().enumerate() {
            for (head, item) in &program.all {
                // Of several that begin alike, a page may show only some.
                if program.seen.get(head) == Some(item)
                    || head.starts_with("fn main(")
                {
                    continue;
                }
                // Of two that hide it, the second is named.
                let other = programs.iter().enumerate().find(|(n, other)| {
                    other.all.get(head).is_some_and(|o| o != item)
                        && (*n < index
                            || other.seen.get(head) == other.all.get(head))
                });
                if let Some((_, other)) = other {
                    faults.push(Fault::new(
                        program.listing.source.display(),
                        format!(
                            "`{head}` is hidden, and not the same as in {}; a \
                             reader who has seen one of them takes it for the \
                             other",
                            other.listing.source.display()
                        ),
                        "make them equal, or give one another name",
                    ));
                }
            }
        }
    }
    faults
}

/// The items at the top level of a program as rustfmt writes it, by what stands
/// before their body; those that begin alike, as several `impl` blocks of a type
/// do, one after the other.
fn items(text: &str) -> BTreeMap<String, String> {
    let starts = [
        "async fn ",
        "const ",
        "enum ",
        "fn ",
        "impl ",
        "impl<",
        "static ",
        "struct ",
        "trait ",
        "type ",
    ];
    let mut items: BTreeMap<String, String> = BTreeMap::new();
    let mut item = String::new();
    for line in text.lines() {
        let first = item.is_empty();
        let mark = line.trim_start().starts_with("// ANCHOR");
        if mark || first && !starts.iter().any(|s| line.starts_with(s)) {
            continue;
        }
        item.push_str(line);
        item.push('\n');
        // Other lines that begin at the margin go on: `) -> u8`, `where`.
        let last =
            ["}", "});"].contains(&line) || first && line.ends_with([';', '}']);
        if last {
            let head = item.split_inclusive('\n');
            let head: String = match head.clone().position(opens) {
                Some(at) => head.take(at + 1).collect(),
                None => item.clone(),
            };
            let words: Vec<&str> = head.split_whitespace().collect();
            let alike = items.entry(words.join(" ")).or_default();
            alike.push_str(&std::mem::take(&mut item));
        }
    }
    items
}

/// Whether a body begins at the end of this line.
fn opens(line: &str) -> bool {
    line.trim_end().ends_with('{')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_end_where_rustfmt_ends_them() {
        let text = "use std::fmt;\n\nstruct Unit;\n\n/// Says.\nfn say<T>(\n    \
                    what: T,\n) -> u8\nwhere\n    T: Copy,\n{\n    1\n}\n\n\
                    static S: Mutex<Timers> = Mutex::new(Timers {\n    n: 1,\n\
                    });\nimpl Say for Unit {}\n";
        let found = items(text);
        let heads: Vec<_> = found.keys().map(String::as_str).collect();
        let say = "fn say<T>( what: T, ) -> u8 where T: Copy, {";
        let wanted = [
            say,
            "impl Say for Unit {}",
            "static S: Mutex<Timers> = Mutex::new(Timers {",
            "struct Unit;",
        ];
        assert_eq!(heads, wanted);
        assert!(found[say].ends_with("{\n    1\n}\n"));
    }

    #[test]
    fn items_that_begin_alike_are_kept_together() {
        let text = "impl Pan {\n    fn heat() {}\n}\n\nstruct Lid;\n\n\
                    impl Pan {\n    fn cool() {}\n}\n";
        let found = items(text);
        let heads: Vec<_> = found.keys().map(String::as_str).collect();
        assert_eq!(heads, ["impl Pan {", "struct Lid;"]);
        let both = "impl Pan {\n    fn heat() {}\n}\n\
                    impl Pan {\n    fn cool() {}\n}\n";
        assert_eq!(found["impl Pan {"], both);
    }

    #[test]
    fn the_shown_part_is_what_stands_between_the_marks() {
        let text =
            "use a;\n// ANCHOR: shown\nfn b() {}\n// ANCHOR_END: shown\n";
        assert_eq!(shown(text), "fn b() {}\n");
        assert_eq!(shown("use a;\n"), "use a;\n");
    }
}
