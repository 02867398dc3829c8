//! What the files in `theme/` say about the book is true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use anyhow::{Context, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use regex::Regex;
use sha2::{Digest, Sha256};

use crate::site::Site;

/// Where the content security policy stands.
const HEAD: &str = "theme/head.hbs";

/// Where the versions stand that the foot of every page names.
const FOOT: &str = "theme/header.hbs";

/// Every page has a policy that allows its own inline scripts and no others.
pub fn policy(site: &Site) -> Vec<String> {
    let mut faults = Vec::new();
    let mut needed = BTreeSet::new();
    let mut allowed = BTreeSet::new();
    // The scripts without a hash in the policy, each with its pages.
    let mut refused: BTreeMap<String, Vec<(&str, &str)>> = BTreeMap::new();
    for (name, page) in site.files() {
        let [policy] = &page.policies[..] else {
            faults.push(format!(
                "{name}: has {} content security policies; {HEAD} gives it one",
                page.policies.len()
            ));
            continue;
        };
        let directives: BTreeMap<&str, &str> = policy
            .split(';')
            .filter_map(|directive| directive.trim().split_once(' '))
            .collect();
        if directives.get("default-src") != Some(&"'none'") {
            faults.push(format!(
                "{name}: its policy does not begin with `default-src 'none'`, \
                 so what no directive names is allowed"
            ));
        }
        let sources: BTreeSet<&str> = directives
            .get("script-src")
            .map_or_else(BTreeSet::new, |list| list.split(' ').collect());
        for source in &sources {
            if source.starts_with("'sha256-") {
                allowed.insert((*source).to_owned());
            } else if *source != "'self'" {
                faults.push(format!(
                    "{name}: its policy allows scripts from {source}; allow \
                     the book's own files and the hashes of inline scripts"
                ));
            }
        }
        for script in &page.scripts {
            let hash = BASE64_STANDARD.encode(Sha256::digest(script));
            let source = format!("'sha256-{hash}'");
            if !sources.contains(source.as_str()) {
                let refused = refused.entry(source.clone()).or_default();
                refused.push((name, script.trim()));
            }
            needed.insert(source);
        }
        for handler in &page.handlers {
            faults.push(format!(
                "{name}: the browser ignores {handler}; listen to the event \
                 in a file of theme/"
            ));
        }
    }
    for (source, places) in &refused {
        let pages: Vec<&str> = places.iter().map(|(name, _)| *name).collect();
        let script = places.first().map_or("", |(_, script)| script);
        let lines: Vec<&str> = script.lines().take(2).map(str::trim).collect();
        faults.push(format!(
            "{}: the browser refuses the inline script `{} …`; write {source} \
             into script-src in {HEAD}",
            pages.join(", "),
            lines.join(" ")
        ));
    }
    for source in allowed.difference(&needed) {
        faults.push(format!(
            "{HEAD}: allows {source}, and no page has such a script; remove it"
        ));
    }
    faults
}

/// The foot of every page names the versions of the book, of Rust, of mdBook
/// and of each crate that listings use, and they are those of the manifests.
pub fn versions(root: &Path) -> Vec<String> {
    match actual_versions(root) {
        Ok(actual) => differences(root, &actual),
        Err(error) => vec![format!("{error:#}")],
    }
}

fn differences(root: &Path, actual: &BTreeMap<String, String>) -> Vec<String> {
    static VERSION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"data-version="([^"]*)">([^<]*)<"#)
            .expect("the pattern is correct")
    });
    let Ok(foot) = fs::read_to_string(root.join(FOOT)) else {
        return vec![format!("{FOOT}: cannot be read")];
    };
    let mut faults = Vec::new();
    let mut named = BTreeSet::new();
    for found in VERSION.captures_iter(&foot) {
        let (name, shown) = (&found[1], &found[2]);
        named.insert(name.to_owned());
        match actual.get(name) {
            Some(version) if version == shown => {}
            Some(version) => faults.push(format!(
                "{FOOT}: names version {shown} of {name}, and the book has \
                 {version}"
            )),
            None => faults.push(format!(
                "{FOOT}: names {name}, which no listing can use"
            )),
        }
    }
    for (name, version) in actual {
        if !named.contains(name) {
            faults.push(format!(
                "{FOOT}: does not name the version of {name}; add \
                 <b data-version=\"{name}\">{version}</b>"
            ));
        }
    }
    faults
}

/// The versions by the name that `data-version` gives them.
fn actual_versions(root: &Path) -> Result<BTreeMap<String, String>> {
    let read = |name: &str| -> Result<toml::Table> {
        let text = fs::read_to_string(root.join(name))
            .with_context(|| format!("cannot read {name}"))?;
        toml::from_str(&text).with_context(|| format!("in {name}"))
    };
    let text = |value: Option<&toml::Value>| {
        value.and_then(toml::Value::as_str).map(str::to_owned)
    };
    let manifest = read("Cargo.toml")?;
    let workspace = manifest.get("workspace");
    let toolchain = read("rust-toolchain.toml")?;
    let mut versions = BTreeMap::new();
    let book = workspace.and_then(|w| w.get("package")?.get("version"));
    versions.extend(text(book).map(|v| ("book".to_owned(), v)));
    let rust = toolchain.get("toolchain").and_then(|t| t.get("channel"));
    versions.extend(text(rust).map(|v| ("rust".to_owned(), v)));
    let crates = workspace
        .and_then(|w| w.get("dependencies")?.as_table())
        .into_iter()
        .flat_map(toml::Table::keys)
        .map(String::as_str)
        .chain(["mdbook-driver"]);
    let lock = read("Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    for name in crates {
        let locked = packages.into_iter().flatten().find(|package| {
            package.get("name").and_then(toml::Value::as_str) == Some(name)
        });
        let version = text(locked.and_then(|package| package.get("version")));
        versions.extend(version.map(|v| (name.to_owned(), v)));
    }
    Ok(versions)
}
