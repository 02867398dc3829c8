//! What the files in `theme/` say about the book is true.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use anyhow::{Context as _, Result};
use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use cargo_metadata::semver::{Version, VersionReq};
use scraper::{Html, Selector};
use sha2::{Digest, Sha256};

use super::Context;
use crate::fault::{Edit, Fault};
use crate::site::RenderedPage;

/// Where the content security policy stands.
const HEAD: &str = "theme/head.hbs";

/// Where the versions stand that the foot of every page names.
const FOOT: &str = "theme/header.hbs";

/// What of a policy allows scripts; the hashes follow.
const SCRIPTS: &str = "script-src 'self'";

fn edit(file: &str, old: &str, new: &str) -> Edit {
    Edit {
        file: file.into(),
        line: 1,
        old: old.to_owned(),
        new: new.to_owned(),
    }
}

/// Every page has a policy that allows its own inline scripts and no others.
pub(super) fn policy(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut needed = BTreeSet::new();
    let mut allowed = BTreeSet::new();
    // The scripts without a hash in the policy, each with its pages.
    let mut refused: BTreeMap<String, (String, Vec<&str>)> = BTreeMap::new();
    for (name, page) in context.site.files() {
        faults.extend(page.handlers.iter().map(|handler| {
            let what = format!("the browser ignores {handler}");
            Fault::new(name, what, "listen to the event in a file of theme/")
        }));
        let sources = match sources(name, page) {
            Ok(sources) => sources,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        for source in &sources {
            if source.starts_with("'sha256-") {
                allowed.insert((*source).to_owned());
            } else if *source != "'self'" {
                let what = format!("its policy allows scripts from {source}");
                let mend = "allow the book's own files and the hashes of \
                            inline scripts";
                faults.push(Fault::new(name, what, mend));
            }
        }
        for script in &page.scripts {
            let hash = BASE64_STANDARD.encode(Sha256::digest(script));
            let source = format!("'sha256-{hash}'");
            if !sources.contains(source.as_str()) {
                let start = script.trim().lines().take(2).map(str::trim);
                let start = start.collect::<Vec<_>>().join(" ");
                let entry = refused.entry(source.clone());
                entry.or_insert((start, vec![])).1.push(name);
            }
            needed.insert(source);
        }
    }
    for (source, (script, pages)) in &refused {
        let more = match pages.len() {
            1 => String::new(),
            all => format!(" and {} more pages", all - 1),
        };
        let fault = Fault::new(
            format!("{}{more}", pages[0]),
            format!("the browser refuses the inline script `{script} …`"),
            format!("write {source} into script-src in {HEAD}"),
        );
        let both = format!("{SCRIPTS} {source}");
        faults.push(fault.or_write(edit(HEAD, SCRIPTS, &both)));
    }
    for source in allowed.difference(&needed) {
        let what = format!("allows {source}, and no page has such a script");
        let fault = Fault::new(HEAD, what, "remove it");
        faults.push(fault.or_write(edit(HEAD, &format!(" {source}"), "")));
    }
    faults
}

/// Where the policy of a page allows scripts from.
fn sources<'a>(
    name: &str,
    page: &'a RenderedPage,
) -> Result<BTreeSet<&'a str>, Fault> {
    let [policy] = page.policies.as_slice() else {
        let many = page.policies.len();
        let what = format!("has {many} content security policies");
        return Err(Fault::new(name, what, format!("{HEAD} gives it one")));
    };
    let directives: BTreeMap<&str, &str> = policy
        .split(';')
        .filter_map(|directive| directive.trim().split_once(' '))
        .collect();
    if directives.get("default-src") != Some(&"'none'") {
        let what = "its policy allows what no directive names";
        let mend = "begin it with `default-src 'none'`";
        return Err(Fault::new(name, what, mend));
    }
    let list = directives.get("script-src").copied().unwrap_or_default();
    Ok(list.split(' ').collect())
}

/// The foot of every page names the versions of the book, of Rust, of mdBook
/// and of each crate that listings use, and they are those of the manifests.
pub(super) fn versions(context: &Context) -> Vec<Fault> {
    let root = &context.workspace.root;
    let foot = fs::read_to_string(root.join(FOOT))
        .with_context(|| format!("{FOOT} cannot be read"));
    match foot.and_then(|foot| Ok((foot, actual_versions(root)?))) {
        Ok((foot, actual)) => differences(&foot, &actual),
        Err(error) => vec![Fault::new(FOOT, format!("{error:#}"), "")],
    }
}

fn differences(foot: &str, actual: &BTreeMap<String, String>) -> Vec<Fault> {
    let named = Selector::parse("[data-version]").expect("it is correct");
    let html = Html::parse_fragment(foot);
    let shown: BTreeMap<&str, String> = html
        .select(&named)
        .map(|e| (e.attr("data-version").unwrap_or(""), e.text().collect()))
        .collect();
    let tag = |name: &str, version: &str| {
        format!("data-version=\"{name}\">{version}<")
    };
    let mut faults = Vec::new();
    for (name, shown) in &shown {
        match actual.get(*name) {
            Some(version) if version == shown => {}
            Some(version) => {
                let what = format!(
                    "names version {shown} of {name}, and the book has \
                     {version}"
                );
                let (old, new) = (tag(name, shown), tag(name, version));
                let fault = Fault::new(FOOT, what, format!("write {version}"));
                faults.push(fault.or_write(edit(FOOT, &old, &new)));
            }
            None => {
                let what = format!("names {name}, which no listing can use");
                faults.push(Fault::new(FOOT, what, "delete it"));
            }
        }
    }
    for (name, version) in actual {
        if !shown.contains_key(name.as_str()) {
            faults.push(Fault::new(
                FOOT,
                format!("does not name the version of {name}"),
                format!("add <b data-version=\"{name}\">{version}</b>"),
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
    let wanted = workspace.and_then(|w| w.get("dependencies")?.as_table());
    let wanted = wanted.into_iter().flatten().map(|(name, dependency)| {
        let version = dependency.get("version").unwrap_or(dependency);
        (name.as_str(), version.as_str().unwrap_or("*"))
    });
    let lock = read("Cargo.lock")?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    for (name, wanted) in wanted.chain([("mdbook-driver", "*")]) {
        let wanted = VersionReq::parse(wanted)
            .with_context(|| format!("{name} in Cargo.toml"))?;
        // Others may need another version of the same crate.
        let fits = |version: &String| {
            Version::parse(version).is_ok_and(|v| wanted.matches(&v))
        };
        let named = |package: &&toml::Value| {
            package.get("name").and_then(toml::Value::as_str) == Some(name)
        };
        let locked = packages.into_iter().flatten().filter(named);
        let version = locked.filter_map(|p| text(p.get("version"))).find(fits);
        versions.extend(version.map(|v| (name.to_owned(), v)));
    }
    Ok(versions)
}
