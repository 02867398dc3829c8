//! Which listings a page offers to run on the Rust Playground.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use regex::Regex;
use serde::Deserialize;

use crate::check::{Proof, proof};
use crate::listings::{Kind, Listing, Section, Workspace};
use crate::pages::{Book, Figure, Page};

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

/// A crate that a section depends on.
struct Dependency {
    name: String,
    version: String,
    features: BTreeSet<String>,
}

/// A figure has `data-run` if its listing can run on the Playground, and only
/// then.
///
/// # Errors
///
/// When the list of the Playground's crates or a manifest cannot be read.
pub fn offers(book: &Book, workspace: &Workspace) -> Result<Vec<String>> {
    let known = fs::read_to_string(workspace.root.join(CRATES))
        .with_context(|| format!("cannot read {CRATES}"))?;
    let known: Known =
        serde_json::from_str(&known).with_context(|| format!("in {CRATES}"))?;
    let shared = manifest(&workspace.root.join("Cargo.toml"))?;
    let shared = shared.get("workspace").and_then(|w| w.get("dependencies"));
    let mut faults = Vec::new();
    for section in &workspace.sections {
        let own = workspace.root.join(&section.dir).join("Cargo.toml");
        let crates = dependencies(&manifest(&own)?, shared);
        for page in &book.pages {
            for figure in &page.figures {
                let Some(listing) =
                    section.listings.iter().find(|l| l.name == figure.id)
                else {
                    continue;
                };
                let hindrance = hindrance(book, workspace, page, listing)
                    .or_else(|| missing(workspace, listing, &crates, &known));
                faults.extend(fault(page, figure, section, hindrance));
            }
        }
    }
    Ok(faults)
}

fn fault(
    page: &Page,
    figure: &Figure,
    section: &Section,
    hindrance: Option<String>,
) -> Option<String> {
    let at = page.at(figure.lines.start);
    let id = &figure.id;
    match hindrance {
        None if !figure.run => Some(format!(
            "{at}: the listing `{id}` can run on the Playground; write \
             `data-run` into the tag of its figure"
        )),
        Some(why) if figure.run => Some(format!(
            "{at}: the figure has `data-run`, but the listing `{id}` of {} \
             cannot run on the Playground: {why}",
            section.name
        )),
        _ => None,
    }
}

/// The first reason not to run the listing there, apart from crates.
fn hindrance(
    book: &Book,
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
    let mut shown = page.blocks.iter().filter(|block| {
        let source = block.source.as_ref();
        source.is_some_and(|include| include.path == listing.source)
    });
    let whole = shown.any(|block| {
        matches!(proof(book, workspace, block), Some(Proof::Program(_)))
    });
    if !whole {
        return Some("the page does not show the whole program".to_owned());
    }
    let settings = &listing.settings;
    if !settings.args.is_empty() {
        return Some("it takes arguments".to_owned());
    }
    if settings.exit != 0 {
        return Some(format!("it ends with status {}", settings.exit));
    }
    if settings.varies {
        return Some("what it prints varies".to_owned());
    }
    let code = code_of(workspace, listing);
    WORDS
        .iter()
        .find(|(words, _)| words.is_match(&code))
        .map(|(_, why)| (*why).to_owned())
}

/// The first crate that the listing uses and the Playground has not, or not
/// with the features that the section enables.
fn missing(
    workspace: &Workspace,
    listing: &Listing,
    crates: &[Dependency],
    known: &Known,
) -> Option<String> {
    let code = code_of(workspace, listing);
    crates.iter().find_map(|needed| {
        let name = &needed.name;
        let word = name.replace('-', "_");
        let uses = Regex::new(&format!(r"\b{word}::|\buse {word}\b"));
        if !uses.expect("a crate's name is a word").is_match(&code) {
            return None;
        }
        let Some(there) = known.crates.get(name) else {
            return Some(format!("{CRATES} has no crate {name}"));
        };
        if release(&there.version) != release(&needed.version) {
            return Some(format!(
                "it needs {name} {}, and {CRATES} has {}",
                needed.version, there.version
            ));
        }
        let feature = needed.features.difference(&there.features).next()?;
        Some(format!(
            "its section enables the feature `{feature}` of {name}, which \
             {CRATES} has not"
        ))
    })
}

/// The program without its comments.
fn code_of(workspace: &Workspace, listing: &Listing) -> String {
    let path = workspace.root.join(&listing.source);
    let text = fs::read_to_string(path).unwrap_or_default();
    let code = text.lines().map(|line| line.split("//").next());
    code.flatten().flat_map(|line| [line, "\n"]).collect()
}

/// The part of a version within which cargo takes versions for compatible.
fn release(version: &str) -> Vec<&str> {
    let parts: Vec<&str> = version.trim_start_matches('=').split('.').collect();
    let zeros = parts.iter().take_while(|part| **part == "0").count();
    parts.into_iter().take(zeros + 1).collect()
}

fn manifest(path: &Path) -> Result<toml::Table> {
    let text = fs::read_to_string(path)
        .with_context(|| format!("cannot read {}", path.display()))?;
    toml::from_str(&text).with_context(|| format!("in {}", path.display()))
}

/// The dependencies of a section. What it does not say, the manifest of the
/// workspace says.
fn dependencies(
    section: &toml::Table,
    shared: Option<&toml::Value>,
) -> Vec<Dependency> {
    let tables = ["dependencies", "dev-dependencies"]
        .into_iter()
        .filter_map(|key| section.get(key)?.as_table());
    let mut dependencies = Vec::new();
    for (name, own) in tables.flatten() {
        let shared = shared.and_then(|table| table.get(name));
        let places = [Some(own), shared];
        let mut version = String::new();
        let mut features = BTreeSet::new();
        let mut default = true;
        for place in places.into_iter().flatten() {
            let text =
                place.as_str().or_else(|| place.get("version")?.as_str());
            version = text.map_or(version, str::to_owned);
            let list = place.get("features").and_then(toml::Value::as_array);
            features.extend(
                list.into_iter()
                    .flatten()
                    .filter_map(toml::Value::as_str)
                    .map(str::to_owned),
            );
            let switch = place.get("default-features");
            default &= switch.and_then(toml::Value::as_bool) != Some(false);
        }
        if default {
            features.insert("default".to_owned());
        }
        dependencies.push(Dependency {
            name: name.clone(),
            version,
            features,
        });
    }
    dependencies
}
