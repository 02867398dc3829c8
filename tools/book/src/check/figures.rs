//! Each listing and each exercise stands in one figure, with all of it.

use std::collections::BTreeMap;

use super::Context;
use super::commands::names_listing;
use crate::fault::Fault;
use crate::files::End;
use crate::listings::{Kind, Listing};
use crate::pages::{Block, Page};
use crate::site::{Figure, Fold, Shows, words};

type Places<'a> = BTreeMap<&'a str, Vec<(&'a Page, &'a Figure)>>;

/// Every listing stands in exactly one figure, with all it prints, and every
/// figure shows a listing.
pub(super) fn listings(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut places = places(context, Shows::Listing);
    for listing in context.workspace.listings() {
        let found = places.remove(listing.name.as_str()).unwrap_or_default();
        let [(page, figure)] = found[..] else {
            let source = listing.source.display();
            faults.push(shown(source, &found, "listing", &listing.name));
            continue;
        };
        let unreadable = &context.workspace.unreadable;
        let outputs = listing.outputs().map(|output| &output.path);
        let outputs = outputs.filter(|path| !unreadable.contains(*path));
        for file in std::iter::once(&listing.source).chain(outputs) {
            faults.extend(block_showing(page, figure, file).err());
        }
        for drawing in [End::Lanes, End::Plot].map(|end| listing.file(end)) {
            let there = listing.text_of(&drawing).is_some();
            if there && context.book.showing(&drawing).is_empty() {
                let at = drawing.display();
                let mend = "include it on the page of the listing";
                faults.push(Fault::new(at, "no page shows it", mend));
            }
        }
        faults.extend(outputs_under_their_command(page, figure, listing));
        faults.extend(outputs_of_no_run(listing));
    }
    for (id, found) in places {
        for (page, figure) in found {
            faults.push(Fault::new(
                page.at(figure.line),
                format!("the figure `{id}` shows no listing"),
                format!(
                    "write examples/{id}.rs, broken/{id}.rs or a program \
                     cpp/{id} in the folder of a section"
                ),
            ));
        }
    }
    faults
}

/// Every exercise stands in exactly one figure, with its starter, what the tests
/// say of that, and its solution, which is closed; and every such figure shows
/// an exercise.
pub(super) fn exercises(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut places = places(context, Shows::Exercise);
    for exercise in &context.workspace.exercises {
        let name = &exercise.name;
        let found = places.remove(name.as_str()).unwrap_or_default();
        let [(page, figure)] = found[..] else {
            let starter = exercise.starter.display();
            faults.push(shown(starter, &found, "exercise", name));
            continue;
        };
        for file in exercise.shown() {
            match block_showing(page, figure, file) {
                Ok(block)
                    if *file == exercise.solution
                        && block.fold == Fold::Open =>
                {
                    faults.push(Fault::new(
                        page.at(block.line),
                        format!("the solution of `{name}` stands open"),
                        "put it into <details>",
                    ));
                }
                Ok(_) => {}
                Err(fault) => faults.push(fault),
            }
        }
    }
    for (id, found) in places {
        for (page, figure) in found {
            faults.push(Fault::new(
                page.at(figure.line),
                format!("the figure `{id}` shows no exercise"),
                format!("write exercises/tests/{id}"),
            ));
        }
    }
    faults
}

fn places(context: &Context, shows: Shows) -> Places<'_> {
    let mut places = Places::new();
    for (page, figure) in context.figures(shows) {
        places.entry(&figure.id).or_default().push((page, figure));
    }
    places
}

fn shown(
    source: impl std::fmt::Display,
    found: &[(&Page, &Figure)],
    class: &str,
    name: &str,
) -> Fault {
    let places: Vec<_> = found.iter().map(|(p, f)| p.at(f.line)).collect();
    let what = match places.as_slice() {
        [] => "no page shows it".to_owned(),
        places => {
            format!("{} pages show it: {}", places.len(), places.join(", "))
        }
    };
    let mend = format!(
        "one page shows it, in <figure class=\"{class}\" id=\"{name}\">"
    );
    Fault::new(source, what, mend)
}

/// The one block of a figure that shows this file.
fn block_showing<'a>(
    page: &'a Page,
    figure: &Figure,
    file: &std::path::Path,
) -> Result<&'a Block, Fault> {
    let blocks = page.blocks_of(figure).filter(|block| block.shows(file));
    match blocks.collect::<Vec<_>>().as_slice() {
        [block] => Ok(block),
        others => Err(Fault::new(
            page.at(figure.line),
            format!(
                "the figure `{}` includes {} in {} code blocks",
                figure.id,
                file.display(),
                others.len()
            ),
            "include it in one",
        )),
    }
}

/// Each output beside a listing is that of a run.
fn outputs_of_no_run(listing: &Listing) -> Vec<Fault> {
    let runs = listing.runs();
    let known = |output: &std::path::Path, end: End| {
        let printed = runs.iter().any(|run| {
            // A broken program is compiled and not run.
            run.stderr == output
                || run.stdout == output && listing.kind != Kind::Broken
        });
        let varied = listing.variations().any(|v| {
            let ends = [End::Stdout, End::Stderr, End::Diff];
            ends.iter().any(|end| v.file(*end) == output)
        });
        let settings = &listing.settings;
        let moved = settings.becomes.is_some() || settings.replaces.is_some();
        printed
            || varied
            || moved && end == End::Diff && output == listing.file(End::Diff)
    };
    let outputs = listing.outputs();
    outputs
        .filter(|output| !known(&output.path, output.end))
        .map(|output| {
            Fault::new(
                output.path.display(),
                format!(
                    "no run of {} is declared that prints it",
                    listing.name
                ),
                "delete it, or declare the run in the manifest",
            )
        })
        .collect()
}

/// Each output in a figure stands below the command that prints it: that of the
/// caption, or that of the last `console` block.
fn outputs_under_their_command(
    page: &Page,
    figure: &Figure,
    listing: &Listing,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    let lines: Vec<&str> = page.raw.lines().collect();
    let mut from = figure.line - 1;
    let mut current = String::new();
    let runs = listing.runs();
    for block in page.blocks_of(figure) {
        // The last words above the block that name a command.
        let above = words(&lines[from..block.line].join(" "));
        let above = above.replace("cargo run -q ", "cargo run ");
        if names_listing(&above) {
            current = above;
        }
        from = block.line;
        let printing = runs
            .iter()
            .filter(|run| block.shows(&run.stdout) || block.shows(&run.stderr));
        for command in printing.map(|run| listing.command_of(run)) {
            let there = current.match_indices(&command).any(|(start, _)| {
                let rest = &current[start + command.len()..];
                rest.starts_with(['`', '<']) || rest.starts_with(" ```")
            });
            if !there {
                faults.push(Fault::new(
                    page.at(block.line),
                    format!(
                        "this is what `{command}` prints, and that command \
                         does not stand above it"
                    ),
                    "write it into the caption, or into a `console` block",
                ));
            }
        }
    }
    faults
}
