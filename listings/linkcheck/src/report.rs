//! What the run has found.

use std::fmt;

use serde::Serialize;

use crate::{Class, Fault, Job};

/// A link that is broken, or that nobody could check.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Problem {
    /// The link.
    pub url: String,
    /// The page on which it was found first.
    pub from: String,
    /// What is wrong.
    pub fault: String,
    /// How often it was tried.
    pub tried: u32,
}

/// What the run has found.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// Links that were opened, good or not.
    pub checked: usize,
    /// Pages that were read for links.
    pub pages: usize,
    /// Links that are not good.
    pub broken: Vec<Problem>,
    /// Links that this build cannot open.
    pub not_checked: Vec<Problem>,
    /// Links that were found and never finished.
    pub left: usize,
}

impl Report {
    pub(crate) fn add(&mut self, job: Job, fault: &Fault) {
        let list = match fault.class() {
            Class::NotChecked => &mut self.not_checked,
            Class::Final | Class::Passing => &mut self.broken,
        };
        list.push(Problem {
            url: job.url.to_string(),
            from: job.from.to_string(),
            fault: fault.to_string(),
            tried: job.tried,
        });
    }

    /// The order of answers is luck; a report has its own.
    pub(crate) fn sort(&mut self) {
        self.broken.sort();
        self.not_checked.sort();
    }

    // ANCHOR: status
    /// The exit status: 1 if a link is broken, 3 if none is known to be, but
    /// not all were checked.
    pub fn status(&self) -> u8 {
        if !self.broken.is_empty() {
            1
        } else if self.left > 0 || !self.not_checked.is_empty() {
            3
        } else {
            0
        }
    }
    // ANCHOR_END: status

    /// The report for programs.
    ///
    /// # Errors
    ///
    /// None that this type can cause.
    pub fn json(&self) -> serde_json::Result<String> {
        serde_json::to_string_pretty(self)
    }

    /// The report for people; links below `site` without it.
    pub fn human(&self, site: &str) -> String {
        Human { report: self, site }.to_string()
    }
}

struct Human<'a> {
    report: &'a Report,
    site: &'a str,
}

impl fmt::Display for Human<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Human { report, site } = self;
        let host = site.strip_suffix('/').unwrap_or(site);
        let short = |url: &str| match url.strip_prefix(host) {
            Some(path) if path.starts_with('/') => path.to_owned(),
            _ => url.to_owned(),
        };
        let lists = [("", &report.broken), ("(", &report.not_checked)];
        for (mark, list) in lists {
            for Problem {
                url,
                from,
                fault,
                tried,
            } in list
            {
                let end = if mark.is_empty() { "" } else { ")" };
                let tries = match tried {
                    0 | 1 => String::new(),
                    tried => format!(", {tried} tries"),
                };
                let (url, from) = (short(url), short(from));
                writeln!(f, "{mark}{url}: {fault}{tries}; on {from}{end}")?;
            }
        }
        let (pages, broken) = (report.pages, report.broken.len());
        write!(f, "{} links checked, ", report.checked)?;
        write!(f, "{pages} pages read, {broken} broken")?;
        match report.left {
            0 => Ok(()),
            left => write!(f, ", {left} left: this is a part"),
        }
    }
}
