//! The commands that a page gives are those that show what it says.

use std::fs;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Context;
use crate::fault::{Edit, Fault};
use crate::files::{End, children, file_name};
use crate::listings::{Kind, Listing, Section, Workspace};
use crate::pages::prose::{Sentence, sentences};
use crate::pages::{MARKDOWN, Page, line_of};
use crate::site::{Figure, words};

/// What follows `cargo` in the commands that show what a listing does.
const SHOWING: [&str; 5] = ["run", "broken", "cpp", "try", "answer"];

/// What follows `cargo` in the other commands that name a listing or exercise.
const OTHERS: [&str; 4] = ["measure", "exercise", "figures", "test"];

/// Whether a text holds a command that shows what a listing does.
pub(super) fn names_listing(text: &str) -> bool {
    let named = |word: &&str| text.contains(&format!("cargo {word}"));
    SHOWING.iter().any(named)
}

/// The caption of a listing or exercise gives its command, and every command in
/// the book, in CONTRIBUTING and in the READMEs names one that exists.
pub(super) fn commands(context: &Context) -> Vec<Fault> {
    let workspace = &context.workspace;
    let mut faults = Vec::new();
    for page in &context.book.pages {
        for figure in &page.figures {
            if let Some(command) = command_of(workspace, &figure.id) {
                faults.extend(caption(page, figure, &command));
            }
        }
        let place = page.path.display().to_string();
        // Of what stands in the caption of a listing, all is said there.
        let figures = page.figures.iter();
        let own = figures.filter(|f| command_of(workspace, &f.id).is_some());
        let own: Vec<&String> = own.flat_map(|f| &f.commands).collect();
        let mut code = code_in(&page.raw, &page.sentences);
        code.retain(|(_, code)| !own.contains(&&words(code)));
        faults.extend(unknown(workspace, &place, code));
    }
    for name in [
        "README.md",
        "CONTRIBUTING.md",
        "tests/README.md",
        "tools/README.md",
    ] {
        let file = context.book.root.join(name);
        if !file.exists() {
            continue;
        }
        match fs::read_to_string(file) {
            Ok(text) => {
                let code = code_in(&text, &sentences(&text));
                faults.extend(unknown(workspace, name, code));
            }
            Err(error) => {
                let what = format!("cannot be read: {error}");
                faults.push(Fault::new(name, what, ""));
            }
        }
    }
    faults
}

/// The code in a text in Markdown, each piece with its line: what stands in its
/// sentences, and the lines of its blocks.
fn code_in(text: &str, sentences: &[Sentence]) -> Vec<(usize, String)> {
    let mut code = Vec::new();
    for sentence in sentences {
        code.extend(sentence.code.iter().map(|range| {
            let line = line_of(text, sentence.offset(range.start));
            (line, sentence.text[range.clone()].to_owned())
        }));
    }
    let mut in_block = false;
    for (event, range) in Parser::new_ext(text, MARKDOWN).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_)) => in_block = true,
            Event::End(TagEnd::CodeBlock) => in_block = false,
            Event::Text(said) if in_block => {
                let line = line_of(text, range.start);
                let lines = said.lines().enumerate();
                code.extend(lines.map(|(n, l)| (line + n, l.to_owned())));
            }
            _ => {}
        }
    }
    code
}

fn command_of(workspace: &Workspace, name: &str) -> Option<String> {
    let exercise = workspace.exercises.iter().find(|e| e.name == name);
    let listing = || workspace.listing(name).map(|l| l.command());
    exercise.map(|e| e.command()).or_else(listing)
}

fn caption(page: &Page, figure: &Figure, command: &str) -> Option<Fault> {
    let mut wrong = figure.commands.iter();
    let wrong = wrong.find(|c| c.starts_with("cargo") && *c != command);
    if wrong.is_none() && figure.commands.iter().any(|c| c == command) {
        return None;
    }
    let mend = format!("<code>{command}</code>");
    let fault = Fault::new(
        page.at(figure.line),
        format!(
            "the caption of `{}` gives {:?}, not its command",
            figure.id, figure.commands
        ),
        format!("write {mend}"),
    );
    let lines = page.raw.split_inclusive('\n').skip(figure.line - 1);
    let figure_on: String = lines.collect();
    let (_, rest) = figure_on.split_once("<figcaption>")?;
    let (written, _) = rest.split_once("</figcaption>")?;
    let code = written.find("<code>cargo").and_then(|start| {
        let length = written[start..].find("</code>")?;
        written.get(start..start + length + "</code>".len())
    });
    let (old, new) = match code {
        Some(old) => (old.to_owned(), mend),
        None => {
            let end = "</figcaption>".to_owned();
            (end.clone(), format!("\n{mend}{end}"))
        }
    };
    Some(fault.or_write(Edit {
        file: page.path.clone(),
        line: figure.line,
        old,
        new,
    }))
}

/// The commands in some code that name nothing.
fn unknown(
    workspace: &Workspace,
    place: &str,
    code: Vec<(usize, String)>,
) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (line, code) in code {
        for part in code.split("cargo ").skip(1) {
            let end = part
                .find(['&', '|', '$', ';', '<', '`'])
                .unwrap_or(part.len());
            let words: Vec<&str> = part[..end]
                .split_whitespace()
                .filter(|word| !["-q", "--quiet"].contains(word))
                .collect();
            let first = words.first().unwrap_or(&"");
            // Capitals stand for a name, as in `cargo run --example NAME`.
            let placeholder = ["NAME", "FILE.md"]
                .iter()
                .any(|capitals| words.contains(capitals));
            if placeholder
                || words.len() < 2
                || !SHOWING.contains(first) && !OTHERS.contains(first)
            {
                continue;
            }
            let command = format!("cargo {}", words.join(" "));
            if !is_known(workspace, &command) {
                faults.push(Fault::new(
                    format!("{place}:{line}"),
                    format!("`{command}` names nothing that there is"),
                    "name a listing or an exercise of that kind, and a run \
                     that its manifest declares",
                ));
            }
        }
    }
    faults
}

fn is_known(workspace: &Workspace, command: &str) -> bool {
    let measures = command.strip_prefix("cargo measure ");
    let figures = command.strip_prefix("cargo figures ");
    if let Some(rest) = command.strip_prefix("cargo test ") {
        return is_test(workspace, rest);
    }
    let named = |listing: &&Listing| {
        command.split(' ').any(|word| word == listing.name)
    };
    let program = |section: &Section| {
        let start = format!("cargo run -p {} ", section.name);
        let mut modules = section.modules.iter();
        command.starts_with(&start)
            && modules.any(|m| file_name(&m.path) == "main.rs")
    };
    workspace.exercises.iter().any(|e| e.command() == command)
        || workspace.sections.iter().any(program)
        || workspace.listings().filter(named).any(|listing| {
            let mut runs = listing.runs().into_iter();
            listing.command() == command
                || listing.variations().any(|v| v.command() == command)
                || listing.settings.plot.is_some()
                    && measures == Some(&listing.name)
                || figures == Some(&listing.name)
                    && [End::Lanes, End::Plot]
                        .iter()
                        .any(|end| listing.kept(*end).is_some())
                || listing.kind == Kind::Example
                    && runs.any(|run| listing.command_of(&run) == command)
        })
}

/// Whether `--test NAME WORD` names a test of the book, and a word in it, or an
/// exercise. What follows `--` is a filter of listings.
fn is_test(workspace: &Workspace, rest: &str) -> bool {
    let (test, word) = match rest.split(' ').collect::<Vec<_>>()[..] {
        ["--test", test] | ["--test", test, "--", ..] => (test, ""),
        ["--test", test, word] => (test, word),
        _ => return !rest.contains("--test"),
    };
    let tests = workspace.root.join("tests");
    let file = tests.join(format!("{test}.rs"));
    let text = fs::read_to_string(file).unwrap_or_default();
    // Of `main.rs`, or of a harness: `NAME.rs`, or `NAME.` and its kind.
    let files = children(&tests.join(test)).unwrap_or_default();
    let its = |stem: &str| {
        let mut names = files.iter().map(|file| file_name(file));
        names.any(|name| name.split('.').next() == Some(stem))
    };
    !text.is_empty() && (text.contains(word) || its(word))
        || its("main")
        || workspace.exercises.iter().any(|e| e.name == test)
}

/// The commands that the README promises are those that the scripts run.
pub(super) fn readme(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (file, command) in [
        (
            "README.md",
            "cargo install --locked mdbook@0.5.4 && mdbook serve --open",
        ),
        ("README.md", "cargo test"),
        (".ci/run", "cargo install --locked mdbook@0.5.4"),
        (".ci/run", "cargo test"),
    ] {
        match fs::read_to_string(context.book.root.join(file)) {
            Ok(text) => {
                let mut lines = text.lines().map(str::trim);
                if !lines.any(|line| line.ends_with(command)) {
                    let what = format!("has no line `{command}`");
                    faults.push(Fault::new(file, what, "write it"));
                }
            }
            Err(error) => {
                let what = format!("cannot be read: {error}");
                faults.push(Fault::new(file, what, ""));
            }
        }
    }
    faults
}
