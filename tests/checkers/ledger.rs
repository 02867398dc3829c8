//! What the ledger counts and names, and what is compared less strictly than it
//! could be.

use std::fs;
use std::path::Path;

use book::fault::mend;
use book::files::{below, children, file_name};
use snapbox::str;

use crate::tiny::Tiny;

const LEDGER: &str = "src/appendix-ledger.md";

const KEPT: &str = "tests/checkers/red/outputs.txt";

/// The tiny book with a ledger as the rule writes it.
fn with_ledger() -> Tiny {
    let glossary = "[Glossary](appendix-glossary.md)";
    let listed = format!("[Ledger](appendix-ledger.md)\n{glossary}");
    let page = format!(
        "# Ledger\n\nWhat holds.\n\n## Counts\n\n## A red result of each \
         kind\n\n```text\n{{{{#include ../{KEPT}}}}}\n```\n\nBack to \
         [toast](breakfast/toast.md).\n"
    );
    Tiny::new()
        .with("tests/models/toast.rs", "fn main() {}\n")
        .with("tests/models/toast.txt", "finds: smoke\n")
        .with(KEPT, "toast: standard output is not toast.stdout\n")
        .but("src/SUMMARY.md", glossary, &listed)
        .with(LEDGER, page)
        .mends()
}

#[test]
fn a_ledger_that_is_written_says_all() {
    snapbox::assert_data_eq!(
        with_ledger().read(LEDGER),
        str![[r#"
# Ledger

What holds.

## Counts

| Section | Programs | More runs | Variations | Broken | Repairs | C++ or C | Recorded | Plots | Exercises |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
| all | 1 | 0 | 1 | 1 | 1 | 0 | 0 | 0 | 1 |
| [Breakfast](breakfast.md) | 1 | 0 | 1 | 1 | 1 | 0 | 0 | 0 | 1 |

Of these, and beside them:

| What | Number |
| --- | --- |
| programs that end with another status than 0, as declared | 0 |
| variations that hang | 0 |
| variations that panic, or end with another status than 0 | 0 |
| variations that do not compile | 0 |
| repairs that are a variation | 1 |
| plots whose numbers are the same on every machine | 0 |
| short programs that stand in a page, and assert what they show | 1 |
| harnesses that use a listing harder than its page does | 1 |
| faults put into a listing, which its harness must find | 1 |
| claims of the corrections, each with its proof | 1 |
| code blocks of the sources, each with its counterpart | 1 |
| links that leave the book | 0 |
| of those, opened and read on a day that is noted | 0 |

## What is compared less strictly

| What | How it is compared | Left open | Why |
| --- | --- | --- | --- |
| every panic | but for the number of its thread | 1 | the operating system gives it |
| every task | but for the number that Tokio gives it | – | it tells one task from another, and nothing more |
| every message of rustc | but for the folders of crates and of std | – | they lie elsewhere on each machine |
| every report of a sanitizer | only its summary | – | the rest are addresses |

## A red result of each kind

```text
{{#include ../tests/checkers/red/outputs.txt}}
```

Back to [toast](breakfast/toast.md).

"#]]
    );
}

#[test]
fn a_number_that_is_not_that_of_the_book() {
    with_ledger()
        .but(LEDGER, "(breakfast.md) | 1 |", "(breakfast.md) | 2 |")
        .says(str![[r#"
[ledger] src/appendix-ledger.md:10: the ledger is not that of the book; it says
  | [Breakfast](breakfast.md) | 2 | 0 | 1 | 1 | 1 | 0 | 0 | 0 | 1 |
and the book has
  | [Breakfast](breakfast.md) | 1 | 0 | 1 | 1 | 1 | 0 | 0 | 0 | 1 |
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

#[test]
fn a_row_that_is_missing() {
    let ledger = with_ledger();
    let text = ledger.read(LEDGER);
    let row = text.lines().find(|line| line.starts_with("| every panic"));
    let row = format!("{}\n", row.expect("it is there"));
    ledger.but(LEDGER, &row, "").says(str![[r#"
[ledger] src/appendix-ledger.md:34: the ledger is not that of the book; it says
  | every task | but for the number that Tokio gives it | – | it tells one task from another, and nothing more |
and the book has
  | every panic | but for the number of its thread | 1 | the operating system gives it |
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]).mends();
}

/// What is compared less strictly from now on is in the diff, with its reason.
#[test]
fn a_comparison_that_grows_looser() {
    with_ledger()
        .declare("[package.metadata.listings.toast]\nvaries = \"the heat\"")
        .with("listings/tiny/examples/toast.stdout", "to[..]\n")
        .says(str![[r#"
[playground] src/breakfast/toast.md:5: the figure has `data-run`, and the listing `toast` cannot run on the Playground: what it prints varies
  mend     delete the word `data-run`
  accept   SNAPSHOTS=overwrite cargo test --test pages
[ledger] src/appendix-ledger.md:34: the ledger is not that of the book; it says
  | every panic | but for the number of its thread | 1 | the operating system gives it |
and the book has
  | [`toast`](breakfast/toast.md#toast) | but for the parts marked `[..]` | 1 | the heat |
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

/// Every way in which a comparison can be looser has its row.
#[test]
fn every_way_to_be_looser() {
    let declared = "edition = \"2021\"\n\
         [package.metadata.listings.burnt.whatif.cooled]\nhangs = true\n\
         [package.metadata.listings.toast]\nvaries = \"the heat\"\n\
         recorded = \"threads\"\n[package.metadata.listings.toast.plot]\n\
         kind = \"bars\"\n[package.metadata.listings.toast.runs.dark]\n\
         varies = \"the bread\"\n[features]\nhot = []\n[[example]]\n\
         name = \"toast\"\nrequired-features = [\"hot\"]";
    let tiny = with_ledger()
        .declare(declared)
        .with("listings/tiny/examples/toast.stdout", "to[..]\n")
        .with("listings/tiny/cpp/stew.c", "// cc stew.c\n");
    let faults = tiny.faults().into_iter().map(|(_, fault)| fault);
    mend(tiny.root(), faults.collect()).expect("it can be written");
    let ledger = tiny.read(LEDGER);
    let (_, looser) = ledger.split_once("| Why |\n").expect("it is there");
    let (looser, _) = looser.split_once("| every").expect("so is this");
    snapbox::assert_data_eq!(
        looser,
        str![[r#"
| --- | --- | --- | --- |
| [`toast`](breakfast/toast.md#toast) | but for the parts marked `[..]` | 1 | the heat |
| [`toast.dark`](breakfast/toast.md#toast) | but for the parts marked `[..]` | – | the bread |
| [`toast`](breakfast/toast.md#toast) | a plot: its rows and columns, not its numbers | – | the heat |
| [`toast`](breakfast/toast.md#toast) | a recording: what each thread does, not when | – | no run of threads is like another |
| [`burnt.cooled`](breakfast/toast.md#burnt.cooled) | watched for a while, and stopped | – | it still runs after 2 seconds |
| [`burnt`](breakfast/toast.md#burnt) | compiled in an older edition | – | its fault is one of edition 2021 |
| [`toast`](breakfast/toast.md#toast) | run where somebody asks for it | – | the feature `hot` is off unless enabled |
| `stew` | run where its compiler and libraries are installed | – | Rust comes with neither |

"#]]
    );
}

#[test]
fn a_ledger_without_its_headings() {
    with_ledger()
        .but(LEDGER, "## Counts", "## Numbers")
        .says(str![[r#"
[ledger] src/appendix-ledger.md: has not the headings `## Counts` and `## A red result of each kind`
  mend     what is computed stands between

"#]]);
}

#[test]
fn a_red_result_that_no_page_shows_or_another_than_the_ledger() {
    with_ledger()
        .with("tests/checkers/red/broken.txt", "burnt: it compiles\n")
        .says(str![[r#"
[ledger] tests/checkers/red/broken.txt: the ledger does not show it
  mend     include it there in a `text` block

"#]]);
    let block =
        |file: &str| format!("```text\n{{{{#include ../../{file}}}}}\n```");
    with_ledger().show(&block(KEPT)).says(str![[r#"
[blocks] src/breakfast/toast.md:53: a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
    // No other file is one, and no part of one, nor what is written beside it.
    let here = format!("{{{{#include ../{KEPT}}}}}");
    let but = |to: &str| with_ledger().but(LEDGER, &here, to);
    but("{{#include ../tests/models/toast.txt}}").says(str![[r#"
[blocks] src/appendix-ledger.md:41: a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file
[ledger] tests/checkers/red/outputs.txt: the ledger does not show it
  mend     include it there in a `text` block

"#]]);
    but(&format!("{{{{#include ../{KEPT}:1:1}}}}")).says(str![[r#"
[includes] src/appendix-ledger.md:42: tests/checkers/red/outputs.txt has no `ANCHOR: 1:1`
[includes] src/appendix-ledger.md:42: tests/checkers/red/outputs.txt has no `ANCHOR_END: 1:1`
[blocks] src/appendix-ledger.md:41: a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
    but(&format!("{here}\nand more")).says(str![[r#"
[blocks] src/appendix-ledger.md:41: a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file
[ledger] tests/checkers/red/outputs.txt: the ledger does not show it
  mend     include it there in a `text` block

"#]]);
}

/// What the ledger shows as said by a checker has a test that compares it.
#[test]
fn every_red_result_is_compared() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = below(&tests.join("checkers")).expect("it is there");
    sources.push(tests.join("models.rs"));
    let sources: String = sources
        .iter()
        .filter(|file| !file.starts_with(tests.join("checkers/red")))
        .filter_map(|file| fs::read_to_string(file).ok())
        .collect();
    for file in children(&tests.join("checkers/red")).expect("it is there") {
        let name = file_name(&file);
        // In a test in Rust, or in a text.
        let compared = [format!("red/{name}\"]"), format!("] = red/{name}\n")];
        let compared = compared.iter().any(|words| sources.contains(words));
        assert!(compared, "no test compares {name}");
    }
}
