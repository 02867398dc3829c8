//! What is kept of the listings, and what they may not do.

use std::path::Path;
use std::sync::LazyLock;

use regex::Regex;

use super::Context;
use crate::fault::Fault;
use crate::files::End;
use crate::listings::{Kind, Listing};
use crate::variation::Variation;

/// A kept output leaves open no more than it must.
pub(super) fn outputs(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    let listings = context.workspace.listings();
    // What rustc says leaves out lines in its own way.
    let of_rustc = |listing: &Listing, file: &Path| {
        let broken =
            |v: &Variation| v.settings.broken && v.file(End::Stderr) == file;
        listing.kind == Kind::Broken && listing.file(End::Stderr) == file
            || listing.variations().any(|v| broken(&v))
    };
    for output in listings.flat_map(|listing| {
        let outputs = listing.outputs();
        outputs.filter(move |file| !of_rustc(listing, &file.path))
    }) {
        for (number, line) in output.text.lines().enumerate() {
            let fixed = line.replace("[..]", "");
            let open =
                line.contains("[..]") && !fixed.contains(char::is_alphanumeric);
            if open || line.trim() == "..." {
                faults.push(Fault::new(
                    format!("{}:{}", output.path.display(), number + 1),
                    "a whole line is left open",
                    "`[..]` stands for a part of a line that differs from run \
                     to run",
                ));
            }
        }
    }
    faults
}

/// No listing names a host other than this machine.
pub(super) fn hosts(context: &Context) -> Vec<Fault> {
    static URL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"https?://([^/\s"'<>)]+)"#).expect("correct pattern")
    });
    let mut faults = Vec::new();
    for listing in context.workspace.listings() {
        for found in URL.captures_iter(&listing.text) {
            let host = &found[1];
            let local = ["127.0.0.1", "localhost", "[::1]"].iter().any(|l| {
                host.strip_prefix(l).is_some_and(|rest| {
                    rest.is_empty() || rest.starts_with(':')
                })
            });
            if !local && !host.starts_with('{') {
                faults.push(Fault::new(
                    listing.source.display(),
                    format!("names the host {host}"),
                    "a listing starts its own server on 127.0.0.1",
                ));
            }
        }
    }
    faults
}
