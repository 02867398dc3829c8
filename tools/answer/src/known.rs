//! Where the book shows what a compiler, a lint or a panic says.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::LazyLock;

use anyhow::Result;
use book::files::{End, below};
use book::listings::Workspace;
use regex::{Captures, Regex};

/// What the book says of messages.
#[derive(Debug, Hash)]
pub struct Known {
    /// Each row of the tables “By symptom”: a message, and its listings.
    symptoms: Vec<(String, Vec<String>)>,
    /// What is kept of what compilers say, by listing.
    said: Vec<(String, String)>,
    /// The page of each listing.
    pages: BTreeMap<String, String>,
    /// The first page that links a lint to its documentation, by lint. Not the texts
    /// of the pages: what is known would change with each word.
    lints: BTreeMap<String, String>,
}

/// A place of the book.
#[derive(Clone, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Place {
    /// The listing, or the page.
    pub name: String,
    /// The page and, of a listing, its anchor.
    pub page: String,
}

impl Known {
    /// Reads the pages of the book, and what is kept of its listings.
    ///
    /// # Errors
    ///
    /// When a page cannot be read.
    pub fn of(workspace: &Workspace) -> Result<Known> {
        static ROW: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?m)^\| “([^”]+)”(.*)").expect("correct pattern")
        });
        static LINK: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"\]\([^)#]*#(\w+)\)").expect("correct pattern")
        });
        static FIGURE: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r#"<figure[^>]* id="(\w+)""#).expect("correct pattern")
        });
        static LINT: LazyLock<Regex> = LazyLock::new(|| {
            let clippy = r"rust-lang\.github\.io/rust-clippy";
            let rustc = r"doc\.rust-lang\.org/rustc/lints";
            let link = format!(r"\[`(\w+)`\](\(|: )https://({clippy}|{rustc})");
            Regex::new(&link).expect("correct pattern")
        });
        let mut known = Known {
            symptoms: Vec::new(),
            said: Vec::new(),
            pages: BTreeMap::new(),
            lints: BTreeMap::new(),
        };
        let root = &workspace.root;
        for file in below(&root.join("src"))? {
            if file.extension().is_none_or(|end| end != "md") {
                continue;
            }
            let text = fs::read_to_string(&file)?;
            let page = file.strip_prefix(root.join("src")).unwrap_or(&file);
            let page = page.display().to_string();
            for row in ROW.captures_iter(&text) {
                let links = LINK.captures_iter(&row[2]);
                let listings = links.map(|link| link[1].to_owned()).collect();
                known.symptoms.push((words(&row[1]), listings));
            }
            for figure in FIGURE.captures_iter(&text) {
                let place = format!("{page}#{}", &figure[1]);
                known.pages.insert(figure[1].to_owned(), place);
            }
            for lint in LINT.captures_iter(&text) {
                let first = known.lints.entry(lint[1].to_owned());
                first.or_insert_with(|| page.clone());
            }
        }
        // Of two that fit, the longer says more.
        known.symptoms.sort_by_key(|(m, _)| usize::MAX - m.len());
        for listing in workspace.listings() {
            for output in listing.outputs().filter(|o| o.end == End::Stderr) {
                let said = (listing.name.clone(), output.text.clone());
                known.said.push(said);
            }
        }
        Ok(known)
    }

    /// Where the book shows this message, or else another with its code. Of several
    /// listings, the one whose text has most words in common with `all`.
    pub fn place(
        &self,
        message: &str,
        code: Option<&str>,
        all: &str,
    ) -> Option<Place> {
        let said = words(message);
        let mut symptoms = self.symptoms.iter();
        if let Some((_, listings)) = symptoms.find(|(m, _)| said.contains(m)) {
            let listings = listings.iter().map(String::as_str);
            return self.nearest(listings, all);
        }
        let first = |text: &str| {
            let mut lines = text.lines();
            lines.find(|line| line.starts_with("error")).map(words)
        };
        let those = |fits: &dyn Fn(&str) -> bool| {
            let fitting = self.said.iter().filter(|(_, text)| {
                first(text).is_some_and(|line| fits(&line))
            });
            self.nearest(fitting.map(|(listing, _)| listing.as_str()), all)
        };
        let alike = shape(&said);
        let same = |line: &str| {
            line.split_once(": ")
                .is_some_and(|(_, m)| shape(m) == alike)
        };
        if let Some(place) = those(&same) {
            return Some(place);
        }
        let code = code?;
        let start = format!("error[{code}]");
        let coded = those(&|line| line.starts_with(&start));
        coded
            .map(|place| Place {
                page: format!("{} (another {code})", place.page),
                ..place
            })
            .or_else(|| self.lint(code))
    }

    fn nearest<'a>(
        &self,
        listings: impl Iterator<Item = &'a str>,
        all: &str,
    ) -> Option<Place> {
        let in_common = |listing: &str| {
            let texts = self.said.iter().filter(|(name, _)| name == listing);
            let shared = texts.map(|(_, text)| {
                distinct(text).intersection(&distinct(all)).count()
            });
            shared.max().unwrap_or(0)
        };
        let mut listings: Vec<&str> = listings.collect();
        // A stable order: of two as near, the first.
        listings.sort_by_key(|listing| usize::MAX - in_common(listing));
        self.listing(listings.first()?)
    }

    /// The page that links this lint.
    fn lint(&self, code: &str) -> Option<Place> {
        let name = code.strip_prefix("clippy::").unwrap_or(code);
        let page = self.lints.get(name)?;
        let file = page.rsplit('/').next().unwrap_or(page);
        Some(Place {
            name: file.trim_end_matches(".md").to_owned(),
            page: page.clone(),
        })
    }

    fn listing(&self, name: &str) -> Option<Place> {
        let page = self.pages.get(name)?;
        Some(Place {
            name: name.to_owned(),
            page: page.clone(),
        })
    }
}

/// The words of a text, each once.
fn distinct(text: &str) -> BTreeSet<&str> {
    text.split(|c: char| !c.is_alphanumeric() && c != '_')
        .collect()
}

/// The words of a message, with one space between them.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A message without the names in it.
fn shape(message: &str) -> String {
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("`[^`]*`").expect("correct pattern"));
    let same = |_: &Captures<'_>| "`…`";
    NAME.replace_all(message, same).into_owned()
}
