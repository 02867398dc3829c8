//! Which listings a page offers to run on the Rust Playground.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context as _, Result};
use regex::{Captures, Regex};
use serde::Deserialize;

use super::{Context, Proof, proof};
use crate::fault::{Edit, Fault};
use crate::listings::{Kind, Listing, Workspace};
use crate::pages::Page;
use crate::site::{Figure, Shows};

/// The crates of the Playground, as known here.
const CRATES: &str = "theme/playground-crates.json";

/// What a program cannot do there, by the words that give it away.
const OUT_OF_REACH: [(&str, &str); 6] = [
    (r"\benv::args", "it reads arguments"),
    (r"\bfs\b|\bFile\b", "it uses files"),
    (
        r"\bnet\b|\b(Tcp|Udp|Unix)(Stream|Listener|Socket|Datagram)\b|\breqwest\b",
        "it uses the network",
    ),
    (r"\bCommand\b", "it starts other programs"),
    (r"\bsignal\b", "it waits for a signal"),
    (r"\bstdin\b", "it reads standard input"),
];

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    #[expect(dead_code, reason = "for those who read or update the file")]
    source: String,
    #[expect(dead_code, reason = "for those who read or update the file")]
    note: String,
    crates: BTreeMap<String, Crate>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Crate {
    version: String,
    features: BTreeSet<String>,
}

/// A figure has `data-run` if its listing can run on the Playground, and only
/// then.
pub(super) fn offers(context: &Context) -> Vec<Fault> {
    let known = match known(&context.workspace.root) {
        Ok(known) => known,
        Err(error) => {
            return vec![Fault::new(CRATES, format!("{error:#}"), "")];
        }
    };
    let mut faults = Vec::new();
    for (page, figure) in context.figures(Shows::Listing) {
        let Some(listing) = context.workspace.listing(&figure.id) else {
            continue;
        };
        let hindrance = match hindrance(&context.workspace, page, listing) {
            None => missing(context, listing, &known),
            some => Ok(some),
        };
        match hindrance {
            Ok(hindrance) => faults.extend(fault(page, figure, hindrance)),
            Err(error) => {
                let at = page.at(figure.line);
                faults.push(Fault::new(at, format!("{error:#}"), ""));
            }
        }
    }
    faults
}

fn known(root: &Path) -> Result<Known> {
    let text =
        fs::read_to_string(root.join(CRATES)).context("cannot be read")?;
    serde_json::from_str(&text).context("is not as it should be")
}

fn fault(
    page: &Page,
    figure: &Figure,
    hindrance: Option<String>,
) -> Option<Fault> {
    let at = page.at(figure.line);
    let id = &figure.id;
    let plain = format!("id=\"{id}\"");
    let offered = format!("{plain} data-run");
    let edit = |old: &str, new: &str| Edit {
        file: page.path.clone(),
        line: figure.line,
        old: old.to_owned(),
        new: new.to_owned(),
    };
    match hindrance {
        None if !figure.run => {
            let what = format!("the listing `{id}` can run on the Playground");
            let mend = "write `data-run` into the tag of its figure";
            let fault = Fault::new(at, what, mend);
            Some(fault.or_write(edit(&plain, &offered)))
        }
        Some(why) if figure.run => {
            let what = format!(
                "the figure has `data-run`, and the listing `{id}` cannot run \
                 on the Playground: {why}"
            );
            let fault = Fault::new(at, what, "delete the word `data-run`");
            Some(fault.or_write(edit(" data-run", "")))
        }
        _ => None,
    }
}

/// The first reason not to run the listing there, apart from crates.
fn hindrance(
    workspace: &Workspace,
    page: &Page,
    listing: &Listing,
) -> Option<String> {
    static WORDS: LazyLock<Vec<(Regex, &str)>> = LazyLock::new(|| {
        OUT_OF_REACH
            .iter()
            .map(|(words, why)| {
                (Regex::new(words).expect("the pattern is correct"), *why)
            })
            .collect()
    });
    if listing.kind == Kind::Broken {
        return Some("it does not compile".to_owned());
    }
    let mut shown = page.blocks.iter().filter(|b| b.shows(&listing.source));
    if !shown.any(|b| matches!(proof(workspace, b), Some(Proof::Program(_)))) {
        return Some("the page does not show the whole program".to_owned());
    }
    let settings = &listing.settings;
    if !settings.args.is_empty() {
        return Some("it takes arguments".to_owned());
    }
    if settings.exit != 0 {
        return Some(format!("it ends with status {}", settings.exit));
    }
    if settings.varies.is_some() {
        return Some("what it prints varies".to_owned());
    }
    let code = code_of(listing);
    WORDS
        .iter()
        .find(|(words, _)| words.is_match(&code))
        .map(|(_, why)| (*why).to_owned())
}

/// The first crate that the listing uses and the Playground has not, or not
/// with the features that the section enables.
fn missing(
    context: &Context,
    listing: &Listing,
    known: &Known,
) -> Result<Option<String>> {
    let code = code_of(listing);
    // Cargo need not be asked which crates a program may use that uses none.
    if !code.contains("::") {
        return Ok(None);
    }
    let packages = &context.manifests()?.packages;
    let section = packages.iter().find(|p| *p.name == listing.section);
    let section = section.context("cargo does not know its section")?;
    let used = crates_in(&code);
    if used.contains(listing.section.replace('-', "_").as_str()) {
        return Ok(Some("it uses the library of its section".to_owned()));
    }
    Ok(section.dependencies.iter().find_map(|needed| {
        let name = &needed.name;
        if !used.contains(name.replace('-', "_").as_str()) {
            return None;
        }
        let Some(there) = known.crates.get(name) else {
            return Some(format!("{CRATES} has no crate {name}"));
        };
        let version = needed.req.to_string();
        let version = version.trim_start_matches(['=', '^']);
        if release(&there.version) != release(version) {
            return Some(format!(
                "it needs {name} {version}, and {CRATES} has {}",
                there.version
            ));
        }
        let default =
            needed.uses_default_features.then(|| "default".to_owned());
        let enabled = needed.features.iter().cloned().chain(default);
        let mut lacking = enabled.filter(|f| !there.features.contains(f));
        let feature = lacking.next()?;
        Some(format!(
            "its section enables the feature `{feature}` of {name}, which \
             {CRATES} has not"
        ))
    }))
}

/// What the paths of a program begin with, among it the crates that it uses.
fn crates_in<'a>(code: &'a str) -> BTreeSet<&'a str> {
    static PATH: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\buse (\w+)|\b(\w+)::").expect("the pattern is correct")
    });
    let paths = PATH.captures_iter(code);
    let name = |path: Captures<'a>| path.get(1).or(path.get(2));
    paths.filter_map(name).map(|name| name.as_str()).collect()
}

/// The program without its comments.
fn code_of(listing: &Listing) -> String {
    let code = listing.text.lines().map(|line| line.split("//").next());
    code.flatten().flat_map(|line| [line, "\n"]).collect()
}

/// The part of a version within which cargo takes versions for compatible.
fn release(version: &str) -> Vec<&str> {
    let parts: Vec<&str> = version.split('.').collect();
    let zeros = parts.iter().take_while(|part| **part == "0").count();
    parts.into_iter().take(zeros + 1).collect()
}
