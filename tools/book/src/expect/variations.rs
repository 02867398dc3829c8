//! What is demanded of a variation.

use std::path::Path;

use anyhow::Result;

use super::compare::{Accept, report};
use crate::compile;
use crate::files::End;
use crate::listings::Kind;
use crate::memory;
use crate::pages::showing_first;
use crate::shelf::Shelf;
use crate::variation::{Outcome, Variation};

/// A variation does what is kept of it, and something else than its listing.
/// What does not compile or never ends is not tried again until something
/// changes.
///
/// # Errors
///
/// When it does anything else, with the difference and the way to accept it.
pub fn varies(shelf: &Shelf, variation: &Variation<'_>) -> Result<()> {
    let declared = &variation.settings;
    if !declared.broken && !declared.hangs {
        return does_as_kept(shelf, variation);
    }
    let build = &shelf.build;
    let kept = [End::Stdout, End::Stderr].map(|end| variation.kept(end));
    let facts = (
        compile::facts(build, variation.listing)?,
        &variation.diff.text,
        kept,
        (declared.broken, declared.hangs, declared.varies.is_some()),
    );
    let memory = build.profile_dir.join("variations-as-kept");
    memory::once(&memory, &variation.name(), &facts, || {
        does_as_kept(shelf, variation)
    })
}

fn does_as_kept(shelf: &Shelf, variation: &Variation<'_>) -> Result<()> {
    let listing = variation.listing;
    let name = variation.name();
    let report_of = |what: &str, accept: Accept| {
        let source = &listing.source;
        let rows = [
            ("program", source.display().to_string()),
            ("change", variation.diff.path.display().to_string()),
            (
                "shown in",
                showing_first(
                    &shelf.workspace.root,
                    &[&variation.diff.path, source],
                ),
            ),
            ("see it", variation.command()),
        ];
        Err(report(&name, what, &rows, accept))
    };
    let failed = |what: &str| report_of(what, None);
    let declared = &variation.settings;
    let outcome = match variation.outcome(shelf) {
        Ok(outcome) => outcome,
        Err(error) => return failed(&format!("{error:#}")),
    };
    let (stdout, stderr, exit) = match outcome {
        Outcome::Broken(verdict) if declared.broken => {
            (String::new(), verdict.stderr, 0)
        }
        Outcome::Broken(verdict) => {
            return failed(&format!(
                "it does not compile; if that is the lesson, declare `broken \
                 = true`\n{}",
                verdict.stderr
            ));
        }
        Outcome::Ran { .. } if declared.broken => {
            return failed("it compiles, and is declared `broken`");
        }
        Outcome::Ran { done, hangs } => {
            if hangs != declared.hangs {
                return failed(&match hangs {
                    true => "it does not end; declare `hangs = true`".into(),
                    false => format!(
                        "it ends with status {}, and is declared to hang",
                        done.exit
                    ),
                });
            }
            (done.stdout, done.stderr, done.exit)
        }
    };
    if exit != declared.exit {
        return failed(&format!(
            "the exit status is {exit}, not {}; standard error was:\n{stderr}",
            declared.exit
        ));
    }
    let kept = |file: &Path| shelf.workspace.text(file).unwrap_or_default();
    let plain = &listing.runs()[0];
    let as_ever = exit == plain.exit
        // That an error stays can be the lesson.
        && !declared.broken
        && listing.kind != Kind::Broken
        && !declared.hangs
        && kept(&plain.stderr) == stderr
        && kept(&plain.stdout) == stdout;
    if as_ever {
        return failed(
            "it does what the listing does, so the reader sees no difference; \
             choose another change",
        );
    }
    let varies = declared.varies.is_some() && !declared.broken;
    for (stream, said, end) in [
        ("standard output", stdout, End::Stdout),
        ("standard error", stderr, End::Stderr),
    ] {
        let file = variation.file(end);
        if let Err(difference) = shelf.compare(said, &file, varies) {
            let what =
                format!("{stream} is not {}\n{difference}", file.display());
            return report_of(&what, Some("outputs -- --exact"));
        }
    }
    Ok(())
}
