//! Each variation stands in a closed block of its listing's figure, and what is
//! broken names its repair.

use std::fs;

use super::Context;
use crate::fault::{Edit, Fault};
use crate::files::End;
use crate::listings::{Kind, Listing, Workspace};
use crate::pages::Page;
use crate::site::{RenderedPage, Shows, WhatIfBlock};
use crate::variation::{Variation, WhatIf, in_order};

/// Every variation stands in one closed `<details class="whatif">` in the figure
/// of its listing, with its change and all it prints, below a question that gives
/// its command; every such block shows a variation that fits its listing, and
/// its hunks stand in the order of the program.
pub(super) fn variations(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (page, seen) in context.pages() {
        for block in &seen.what_ifs {
            let (name, word) =
                block.id.split_once('.').unwrap_or((&block.id, ""));
            let listing = context.workspace.listing(name);
            let figure = block.figure.map(|index| &seen.figures[index].id);
            let unknown = listing.and_then(|l| l.variation(word)).is_none();
            // In the figure of its listing, or told of below.
            let twin = figure.is_none_or(|id| id != name)
                && !page.figures.iter().any(|f| f.id == name);
            if unknown || twin {
                let at = page.at(line_of(page, block));
                let what = match unknown {
                    true => format!("`{}` is no variation", block.id),
                    false => format!(
                        "`{}` stands on a page without its listing",
                        block.id
                    ),
                };
                let mend = "it stands once, in the figure of the listing NAME, \
                            with the id `NAME.WORD` of NAME.WORD.diff";
                faults.push(Fault::new(at, what, mend));
            }
        }
    }
    let figures: Vec<_> = context.figures(Shows::Listing).collect();
    for listing in context.workspace.listings() {
        for variation in listing.variations() {
            let files = [&listing.source, &variation.diff.path];
            let mut files = files.into_iter();
            if files.any(|f| context.workspace.unreadable.contains(f)) {
                // That is said already.
            } else if let Err(error) = variation.program() {
                let at = variation.diff.path.display();
                faults.push(Fault::new(at, format!("{error:#}"), ""));
            } else {
                faults.extend(out_of_order(&variation));
            }
            let place = figures.iter().find(|(_, f)| f.id == listing.name);
            // Where there is none, the rule `listings` says so.
            let Some((page, figure)) = place else {
                continue;
            };
            let Some(seen) = context.site.pages.get(&page.html()) else {
                continue;
            };
            let at = seen.figures.iter().position(|f| f.id == figure.id);
            faults.extend(misplaced(page, seen, at, &variation));
        }
    }
    faults
}

/// A reader of the change goes through the program once, from above.
fn out_of_order(variation: &Variation<'_>) -> Option<Fault> {
    let (at, old) = (variation.diff.path.display(), &variation.diff.text);
    let new = match in_order(&variation.listing.text, old) {
        Ok(new) if new == *old => return None,
        Ok(new) => new,
        Err(error) => return Some(Fault::new(at, format!("{error:#}"), "")),
    };
    let what = "its hunks stand in another order than their lines in the \
                program";
    let edit = Edit {
        file: variation.diff.path.clone(),
        line: 1,
        old: old.clone(),
        new,
    };
    Some(Fault::new(at, what, "").or_write(edit))
}

fn line_of(page: &Page, block: &WhatIfBlock) -> usize {
    let tag = format!("id=\"{}\"", block.id);
    let line = page.raw.lines().position(|line| line.contains(&tag));
    line.map_or(1, |line| line + 1)
}

fn misplaced(
    page: &Page,
    seen: &RenderedPage,
    figure: Option<usize>,
    variation: &Variation<'_>,
) -> Option<Fault> {
    let name = variation.name();
    let command = variation.command();
    let markup = format!(
        "<details class=\"whatif\" id=\"{name}\"><summary>What if …? \
         <code>{command}</code></summary>"
    );
    let mut blocks = seen.what_ifs.iter().enumerate();
    let found = blocks.find(|(_, block)| block.id == name);
    let Some((index, block)) = found else {
        let at = variation.diff.path.display();
        let what = "the figure of its listing does not show it";
        let mend = format!(
            "include it there, below the output, in\n           {markup}"
        );
        return Some(Fault::new(at, what, mend));
    };
    let ends = [End::Diff, End::Stdout, End::Stderr];
    let astray = ends.into_iter().find(|end| {
        let file = variation.file(*end);
        let mut blocks = page.blocks.iter().filter(|b| b.shows(&file));
        blocks.any(|b| b.what_if != Some(index))
    });
    let what = if block.figure != figure {
        "the variation stands outside the figure of its listing".to_owned()
    } else if block.open {
        "the variation stands open".to_owned()
    } else if !block.question.ends_with('?') || block.command != command {
        format!(
            "the summary of the variation says {:?} and gives {:?}; it asks, \
             and gives `{command}`",
            block.question, block.command
        )
    } else if let Some(told) = answered(variation, &block.question) {
        format!("the summary of the variation gives away its result: {told:?}")
    } else if let Some(end) = astray {
        format!("{} stands elsewhere", variation.file(end).display())
    } else {
        return None;
    };
    let at = page.at(line_of(page, block));
    Some(Fault::new(at, what, format!("write {markup}")))
}

/// The word of a question that says what comes of its variation.
fn answered(variation: &Variation<'_>, question: &str) -> Option<&'static str> {
    let declared = &variation.settings;
    let words = [
        (declared.hangs, "hangs"),
        (declared.broken, "compile"),
        (declared.exit >= 100, "it panics"),
    ];
    let mut said = words.into_iter().filter(|(is, _)| *is);
    Some(said.find(|(_, word)| question.contains(word))?.1)
}

/// Every listing that must not compile names the program in which its fault is
/// repaired; one that fails or in which something panics does so, too, or says why
/// that is right; and what any listing names is there, compiles, ends, and prints
/// something else.
pub(super) fn repairs(context: &Context) -> Vec<Fault> {
    let workspace = &context.workspace;
    let mut faults = Vec::new();
    for listing in workspace.listings() {
        let (name, declared) = (&listing.name, &listing.settings);
        let stderr = listing.kept(End::Stderr).unwrap_or_default();
        let fails = listing.kind != Kind::Broken
            && (declared.exit != 0 || stderr.contains("panicked at"));
        let table = format!("declare [package.metadata.listings.{name}]");
        let named = format!("{table} repair = \"OTHER\" or \"{name}.WORD\"");
        let mut add = |key: &str, what: &str, mend: String| {
            let at = declared_at(workspace, listing, key);
            let at = at.unwrap_or(listing.source.display().to_string());
            faults.push(Fault::new(at, what, mend));
        };
        match &declared.repair {
            None if listing.kind == Kind::Broken => {
                add(
                    "",
                    "names no program in which its fault is repaired",
                    named,
                );
            }
            None if fails && declared.fails.is_none() => add(
                "",
                "fails, or something in it panics, and it names no program in \
                 which that is repaired",
                format!("{named}, or fails = \"why that is right\""),
            ),
            Some(repair) if !is_repair(workspace, listing, repair) => add(
                "repair",
                &format!(
                    "names `{repair}` as the repair of `{name}`, which is no \
                     other listing, and no variation, that compiles and ends"
                ),
                named,
            ),
            Some(repair) if prints_the_same(workspace, listing, repair) => {
                let what = format!(
                    "names `{repair}` as the repair of `{name}`, and both \
                     print the same"
                );
                let mend = "let what is wrong be seen in the output of one of \
                            them";
                add("repair", &what, mend.to_owned());
            }
            _ => {}
        }
        if declared.fails.is_some() && !fails {
            let what = format!("`{name}` is declared to fail, and does not");
            add("fails", &what, "delete its `fails`".to_owned());
        }
    }
    faults
}

/// Where a manifest declares this of a listing.
fn declared_at(
    workspace: &Workspace,
    listing: &Listing,
    key: &str,
) -> Option<String> {
    let mut sections = workspace.sections.iter();
    let file = &sections.find(|s| s.name == listing.section)?.manifest;
    let text = fs::read_to_string(workspace.root.join(file)).ok()?;
    let head = format!("[package.metadata.listings.{}]", listing.name);
    let table = text.find(&head)?;
    let at = table + text[table..].find(&format!("\n{key} = "))? + 1;
    Some(format!(
        "{}:{}",
        file.display(),
        crate::pages::line_of(&text, at)
    ))
}

/// Whether a program that runs prints what its repair prints: then nobody sees
/// what is wrong.
fn prints_the_same(
    workspace: &Workspace,
    listing: &Listing,
    repair: &str,
) -> bool {
    if listing.kind != Kind::Example {
        return false;
    }
    let (name, word) = repair.split_once('.').unwrap_or((repair, ""));
    let Some(other) = workspace.listing(name) else {
        return false;
    };
    let variation = other.variation(word);
    [End::Stdout, End::Stderr].into_iter().all(|end| {
        let file = match &variation {
            Some(variation) => variation.file(end),
            None => other.file(end),
        };
        listing.kept(end) == other.text_of(&file)
    })
}

fn is_repair(workspace: &Workspace, listing: &Listing, repair: &str) -> bool {
    let Some((name, word)) = repair.split_once('.') else {
        let other = workspace.listing(repair);
        let ends = |l: &Listing| {
            let same = l.kind == Kind::Example || l.kind == listing.kind;
            same && l.kind != Kind::Broken && l.settings.exit < 100
        };
        return repair != listing.name && other.is_some_and(ends);
    };
    let other = workspace.listing(name).and_then(|l| l.variation(word));
    // From 100 on, a panic or a signal has ended it.
    let ends = |w: &WhatIf| !w.broken && !w.hangs && w.exit < 100;
    other.is_some_and(|v| ends(&v.settings))
}
