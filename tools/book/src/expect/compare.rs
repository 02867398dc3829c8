//! What is kept is compared, and what is said when it differs.

use std::path::Path;

use anyhow::{Error, anyhow};
use snapbox::assert::Action;
use snapbox::data::{Data, DataFormat};

use crate::listings::Listing;
use crate::pages::showing;
use crate::shelf::Shelf;

impl Shelf {
    pub(super) fn compare(
        &self,
        said: String,
        kept: &Path,
        varies: bool,
    ) -> Result<(), String> {
        compare(&self.workspace.root, said, kept, varies, self.overwrite)
    }
}

/// Compares what was said with the file that keeps it, every character; if it
/// `varies`, `[..]` in the file stands for what differs from run to run. A file
/// that does not exist stands for "nothing".
pub(super) fn compare(
    root: &Path,
    said: String,
    kept: &Path,
    varies: bool,
    overwrite: bool,
) -> Result<(), String> {
    let file = root.join(kept);
    if said.is_empty() && !file.exists() {
        return Ok(());
    }
    let expected = Data::read_from(&file, Some(DataFormat::Text));
    let expected = if varies { expected } else { expected.raw() };
    snapbox::Assert::new()
        // Of all that snapbox replaces, only `[..]` is known here.
        .redact_with(snapbox::Redactions::new())
        .normalize_paths(false)
        // Not `action_env`: it would let "ignore" and "skip" pass everything.
        .action(match overwrite {
            true => Action::Overwrite,
            false => Action::Verify,
        })
        .palette(snapbox::report::Palette::plain())
        .try_eq(None, Data::text(said), expected)
        .map_err(|difference| {
            // The same on every machine, as all other paths here.
            let file = file.display().to_string();
            let kept = kept.display().to_string();
            difference.to_string().replace(&file, &kept)
        })
}

/// The test that accepts what is done now, where that can help, and how it is
/// told of which program.
pub(super) type Accept<'a> = Option<&'a str>;

/// What a listing does, with its program, its page, the command that shows it, and
/// how to accept it if it is right.
pub(super) fn message(
    shelf: &Shelf,
    listing: &Listing,
    command: &str,
    what: &str,
    accept: Accept,
) -> Error {
    let source = &listing.source;
    let rows = [
        ("program", source.display().to_string()),
        ("shown in", showing(&shelf.workspace.root, source)),
        ("see it", command.to_owned()),
    ];
    report(&listing.name, what, &rows, accept)
}

pub(super) fn report(
    name: &str,
    what: &str,
    rows: &[(&str, String)],
    accept: Accept,
) -> Error {
    let mut text = format!("{name}: {what}\n\n");
    let accept = accept.map(|test| {
        let command = "SNAPSHOTS=overwrite cargo test --test";
        ("accept", format!("{command} {test} {name}"))
    });
    for (key, value) in rows.iter().chain(&accept) {
        text += &format!("  {key:<9}{value}\n");
    }
    anyhow!(text)
}
