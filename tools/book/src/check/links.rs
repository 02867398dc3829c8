//! Where links lead.

use std::collections::BTreeSet;
use std::fs;
use std::io::ErrorKind;

use super::Context;
use crate::fault::{Edit, Fault};
use crate::pages::line_of;

/// Every link leads to a page and an anchor that exist, and no anchor exists
/// twice on a page.
pub(super) fn links(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (name, page) in &context.site.pages {
        let mut pages = context.book.pages.iter();
        let written = pages.find(|page| page.html() == *name);
        let place = |text: &str| match written {
            Some(page) => page.at(page.line_with(text)),
            None => name.clone(),
        };
        for link in &page.links {
            // The anchor, or else the file, is written in the page as it stands
            // in the link.
            let at = || {
                let end = link.rsplit(['#', '/']).next().unwrap_or(link);
                place(end.strip_suffix(".html").unwrap_or(end))
            };
            // What is dead there is dead on its own page, too.
            let why = context.site.fault(name, link);
            if let Some(why) = why.filter(|_| name != "print.html") {
                let what = format!("the link to `{link}` is dead: {why}");
                let mend = "write the `.md` of the page, and `#` before the \
                            words of its heading or the name of its listing";
                faults.push(Fault::new(at(), what, mend));
            }
            if link.starts_with("http:") {
                let what = format!("`{link}` is not https");
                faults.push(Fault::new(at(), what, ""));
            }
        }
        // The page for printing joins all pages, each with its own headings;
        // mdBook makes their anchors unique, but not those in raw HTML.
        for (anchor, count) in &page.anchors {
            if *count > 1 && name != "print.html" {
                let what =
                    format!("{count} elements bear the anchor #{anchor}");
                let id = format!("\"{anchor}\"");
                let mend = "rename one of them";
                faults.push(Fault::new(place(&id), what, mend));
            }
        }
    }
    faults
}

/// Where the links that leave the book are listed.
const LIST: &str = "tests/external-links.toml";

/// What stands there instead of a date.
const NOT_CHECKED: &str = "not checked yet";

/// Every link that leaves the book is listed, with the day on which somebody
/// last opened it, and nothing else is. No test opens it: a book must not fail
/// because another's server does.
pub(super) fn external_links(context: &Context) -> Vec<Fault> {
    let text = match fs::read_to_string(context.book.root.join(LIST)) {
        Ok(text) => text,
        // Without a list, no link is listed.
        Err(error) if error.kind() == ErrorKind::NotFound => String::new(),
        Err(error) => {
            return vec![Fault::new(LIST, error.to_string(), "")];
        }
    };
    let list: toml::Table = match text.parse() {
        Ok(list) => list,
        Err(error) => {
            let what = error.to_string();
            return vec![Fault::new(LIST, what.trim_end(), "")];
        }
    };
    let mut faults = Vec::new();
    let mut linked = BTreeSet::new();
    for (page, seen) in context.pages() {
        for link in &seen.external {
            if linked.insert(link.as_str()) && !list.contains_key(link) {
                // What is not in the text of the page stands in its frame.
                let at = match page.raw.contains(link) {
                    true => page.at(page.line_with(link)),
                    false => page.html(),
                };
                faults.push(Fault::new(
                    at,
                    format!("{link} is not listed"),
                    format!(
                        "open it, and add to {LIST} the line\n{link:?} = \
                         YYYY-MM-DD, or = {NOT_CHECKED:?}"
                    ),
                ));
            }
        }
    }
    for (link, checked) in &list {
        let line = line_of(&text, text.find(&format!("{link:?}")).unwrap_or(0));
        let at = format!("{LIST}:{line}");
        if !linked.contains(link.as_str()) {
            let old = text.split_inclusive('\n').nth(line - 1);
            let edit = Edit {
                file: LIST.into(),
                line,
                old: old.unwrap_or_default().to_owned(),
                new: String::new(),
            };
            let what = format!("no page links to {link}");
            let fault = Fault::new(&at, what, "delete the line");
            faults.push(fault.or_write(edit));
        }
        let is_day = checked
            .as_datetime()
            .is_some_and(|day| day.date.is_some() && day.time.is_none());
        if !is_day && checked.as_str() != Some(NOT_CHECKED) {
            faults.push(Fault::new(
                &at,
                format!("{checked} is no day"),
                format!("write YYYY-MM-DD without quotes, or {NOT_CHECKED:?}"),
            ));
        }
    }
    faults
}
