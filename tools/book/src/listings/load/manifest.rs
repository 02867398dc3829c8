//! What a manifest declares, and whether a listing can have it.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::listings::{Kind, Listing, Settings, Workspace};
use crate::variation::undeclared;

/// What `only` may name: systems as `std::env::consts::OS` names them.
const SYSTEMS: [&str; 3] = ["linux", "macos", "windows"];

#[derive(Deserialize)]
struct Manifest {
    package: Package,
    #[serde(default)]
    example: Vec<Target>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Target {
    name: String,
    #[serde(default)]
    required_features: Vec<String>,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Metadata {
    listings: BTreeMap<String, Settings>,
}

/// What a manifest declares about the listings of its section.
#[derive(Default)]
pub(super) struct Declared {
    pub(super) settings: BTreeMap<String, Settings>,
    pub(super) features: BTreeMap<String, Vec<String>>,
}

impl Workspace {
    /// Reads a manifest.
    pub(super) fn declared(&mut self, name: &str, file: &Path) -> Declared {
        let text = self.read(file);
        let manifest: Manifest = match toml::from_str(&text) {
            Ok(manifest) => manifest,
            Err(error) => {
                if !self.unreadable.contains(file) {
                    self.fault(file, error.to_string().trim_end(), "");
                }
                return understood(&text);
            }
        };
        let called = manifest.package.name;
        if called != name {
            let what = format!("the package is called `{called}`");
            self.fault(file, what, format!("call it `{name}`, as its folder"));
        }
        Declared {
            settings: manifest.package.metadata.listings,
            features: required_features(manifest.example),
        }
    }

    /// A listing declares only what one of its kind can have.
    pub(super) fn check_settings(
        &mut self,
        manifest: &Path,
        listing: &Listing,
        declared: &Settings,
    ) {
        let sensible = match listing.kind {
            Kind::Example => Settings {
                edition: None,
                ..declared.clone()
            },
            Kind::Broken => Settings {
                edition: declared.edition.clone(),
                repair: declared.repair.clone(),
                whatif: declared.whatif.clone(),
                ..Settings::default()
            },
            Kind::Cpp => Settings {
                exit: declared.exit,
                fails: declared.fails.clone(),
                varies: declared.varies.clone(),
                prints: declared.prints.clone(),
                ..Settings::default()
            },
            Kind::Answer => Settings {
                exit: declared.exit,
                repair: declared.repair.clone(),
                ..Settings::default()
            },
        };
        if *declared != sensible {
            let what = format!(
                "declares for the listing `{}` what a listing in {} cannot have",
                listing.name,
                listing.kind.folder()
            );
            let mend = "only a broken program has an `edition`, and beside \
                        that a `repair` and `whatif`; one in C++ or C has \
                        `exit`, `fails`, `varies` and `prints`; an answer has \
                        `exit` and `repair`";
            self.fault(manifest, what, mend);
        }
        // A system that nobody has would hide a listing on all machines.
        let known = |only: &String| SYSTEMS.contains(&only.as_str());
        if let Some(only) = declared.only.as_ref().filter(|o| !known(o)) {
            let what = format!(
                "declares that the listing `{}` runs on `{only}` alone, which \
                 is no system that the book knows",
                listing.name
            );
            let mend = format!("write one of `{}`", SYSTEMS.join("`, `"));
            self.fault(manifest, what, mend);
        }
    }

    /// A variation has a name that is a word, and what is declared about it can be.
    pub(super) fn check_variations(
        &mut self,
        manifest: &Path,
        listing: &Listing,
    ) {
        for (word, declared) in &listing.settings.whatif {
            let more = declared.hangs
                || declared.exit != 0
                || declared.varies.is_some();
            if declared.broken && more {
                self.fault(
                    manifest,
                    format!(
                        "the variation `{}.{word}` is declared `broken` \
                         and to run",
                        listing.name
                    ),
                    "take one of the two out",
                );
            }
        }
        for file in undeclared(listing) {
            self.fault(
                manifest,
                format!(
                    "declares a variation, but there is no {}",
                    file.display()
                ),
                "delete the declaration, or write the change",
            );
        }
        for variation in listing.variations() {
            let plain = |c: char| {
                c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'
            };
            if !variation.word.chars().all(plain) {
                self.fault(
                    &variation.diff.path,
                    format!("`{}` is no word", variation.word),
                    "use small letters, digits and `_`",
                );
            }
        }
    }
}

fn required_features(targets: Vec<Target>) -> BTreeMap<String, Vec<String>> {
    let pair = |target: Target| (target.name, target.required_features);
    targets.into_iter().map(pair).collect()
}

/// What can be understood of a faulty manifest, so that one wrong word is not
/// followed by as many faults as the section has listings.
fn understood(text: &str) -> Declared {
    let manifest: toml::Table = text.parse().unwrap_or_default();
    let listings = manifest
        .get("package")
        .and_then(|package| package.get("metadata")?.get("listings"))
        .and_then(toml::Value::as_table);
    let settings = listings.into_iter().flatten().map(|(name, declared)| {
        let settings = declared.clone().try_into().unwrap_or_default();
        (name.clone(), settings)
    });
    let targets = manifest.get("example").cloned();
    let targets = targets.and_then(|list| list.try_into().ok());
    Declared {
        settings: settings.collect(),
        features: required_features(targets.unwrap_or_default()),
    }
}
