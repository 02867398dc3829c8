//! Listings that do not do what is kept of them: what `outputs`, `broken` and
//! `figures` say of programs that are built and run.

use std::env::consts::OS;
use std::fs;
use std::path::PathBuf;
use std::sync::LazyLock;

use book::draw::plot::draw;
use book::expect;
use book::listings::{Kind, Workspace};
use book::measurement::Measurement;
use book::shelf::Shelf;
use snapbox::{Data, file, str};

use crate::edits::MANIFEST;
use crate::tiny::Tiny;

const TOAST: &str = "fn main() {\n    println!(\"toast\");\n}\n";

const CHANGE: &str = "@@\n fn main() {\n-    println!(\"toast\");\n\
                      +    println!(\"egg\");\n }\n";

/// What every listing with a plot prints.
const TABLE: &str = "one  weight (B)\ntoast  20\negg  60\n";

/// Listings with a plot: what was measured, below the names of the columns,
/// whether it is exact, and how.
const PLOTS: &[(&str, &str, bool, &str)] = &[
    ("plot", "(B)\ntoast  20\negg  60", true, RELEASE),
    ("plot_varies", "(B)\ntoast  21\negg  58", false, RELEASE),
    ("plot_regrouped", "(B)\ntoast  20\nroll  60", false, RELEASE),
    (
        "plot_converted",
        "(KiB)\ntoast  20\negg  60",
        false,
        RELEASE,
    ),
    ("plot_inexact", "(B)\ntoast  20\negg  61", true, RELEASE),
    ("plot_garbled", "(B)\ntoast  20\negg  6o", true, RELEASE),
    (
        "plot_unoptimised",
        "(B)\ntoast  20\negg  60",
        true,
        "cargo run",
    ),
    ("plot_repainted", "(B)\ntoast  20\negg  60", true, RELEASE),
];

const RELEASE: &str = "cargo run --release";

/// A program in C; it includes nothing, so that a C linker is all it needs.
const STEW: &str = "int puts(const char *);\n\
                    int main(void) { puts(\"toast\"); return 0; }\n";

fn example(tiny: Tiny, name: &str, source: &str, stdout: &str) -> Tiny {
    let file = format!("listings/tiny/examples/{name}");
    tiny.with(&format!("{file}.rs"), source)
        .with(&format!("{file}.stdout"), stdout)
}

fn moved(tiny: Tiny, name: &str, to: &str, change: &str) -> Tiny {
    let file = format!("listings/tiny/examples/{name}.diff");
    let declared = "[package.metadata.listings";
    example(tiny, name, TOAST, "toast\n")
        .with(&file, change)
        .declare(&format!("{declared}.{name}]\nbecomes = \"{to}\""))
}

fn broken(tiny: Tiny, name: &str, source: &str, from: &str, to: &str) -> Tiny {
    let burnt = tiny.read("listings/tiny/broken/burnt.stderr");
    let stderr = burnt.replace("burnt.rs", &format!("{name}.rs"));
    let file = format!("listings/tiny/broken/{name}");
    tiny.with(&format!("{file}.rs"), source)
        .with(&format!("{file}.stderr"), stderr.replace(from, to))
}

/// A variation of the toast, and what the manifest declares about it.
fn varied(
    tiny: Tiny,
    word: &str,
    line: &str,
    stdout: &str,
    declared: &str,
) -> Tiny {
    let file = format!("listings/tiny/examples/toast.{word}");
    let diff = format!("-    println!(\"toast\");\n+    {line}\n");
    let mut tiny = tiny.with(&format!("{file}.diff"), diff);
    if !stdout.is_empty() {
        tiny = tiny.with(&format!("{file}.stdout"), stdout);
    }
    match declared {
        "" => tiny,
        declared => tiny.declare(&format!(
            "[package.metadata.listings.toast.whatif.{word}]\n{declared}"
        )),
    }
}

fn in_c(tiny: Tiny, name: &str, source: &str) -> Tiny {
    let file = format!("listings/tiny/cpp/{name}");
    tiny.with(&format!("{file}.c"), source)
        .with(&format!("{file}.stdout"), "toast\n")
}

fn measured(
    tiny: Tiny,
    (name, table, exact, command): &(&str, &str, bool, &str),
) -> Tiny {
    let file = format!("listings/tiny/examples/{name}");
    let print = format!("fn main() {{\n    print!({TABLE:?});\n}}\n");
    let data = format!(
        "date = 2026-11-21\ncommand = \"{command} --example {name}\"\n\
         processor = \"stove\"\ncores = 4\nmemory = \"1 GiB\"\n\
         system = \"Linux\"\nrustc = \"1.95.0\"\nprinted = \"\"\"\none  weight {table}\n\"\"\"\n"
    );
    let tiny = example(tiny, name, &print, TABLE)
        .with(&format!("{file}.data"), &data)
        .declare(&format!(
            "[package.metadata.listings.{name}.plot]\nkind = \"bars\"\n\
             exact = {exact}"
        ));
    // The drawing is that of the measurement, where that can be drawn.
    let workspace = Workspace::load(tiny.root());
    let plot = workspace
        .listing(name)
        .and_then(|l| l.settings.plot.as_ref());
    let drawn = Measurement::parse(&data)
        .and_then(|m| draw(name, plot.expect("declared"), &m))
        .unwrap_or_default();
    let drawn = match *name {
        "plot_repainted" => drawn.replace("<rect x", "<rect  x"),
        _ => drawn,
    };
    tiny.with(&format!("{file}.plot.html"), drawn)
}

/// A book whose listings have one fault each, but for `toast` and `burnt`.
static KITCHEN: LazyLock<(PathBuf, Shelf)> = LazyLock::new(|| {
    let mut tiny = Tiny::new();
    tiny = example(tiny, "misprinted", TOAST, "tosat\n");
    let aloud = TOAST.replace("println", "eprintln");
    tiny = example(tiny, "whispered", &aloud, "toast\n");
    tiny = example(tiny, "dropped", &TOAST.replace("println", "panic"), "");
    tiny = example(tiny, "vague", TOAST, "to[..]\n");
    tiny = example(tiny, "replaced", TOAST, "toast[EXE]\n")
        .declare("[package.metadata.listings.replaced]\nvaries = \"it does\"");
    tiny = example(tiny, "egg", &TOAST.replace("toast", "egg"), "egg\n");
    tiny = moved(tiny, "moved", "egg", CHANGE);
    tiny = moved(tiny, "mismoved", "egg", &CHANGE.replace("egg", "eggs"));
    tiny = moved(tiny, "adrift", "nobody", CHANGE);
    let burnt = tiny.read("listings/tiny/broken/burnt.rs");
    tiny = broken(tiny, "misquoted", &burnt, "2:5", "3:5");
    tiny = broken(tiny, "mended", "fn main() {}\n", "", "");
    tiny = broken(tiny, "renewed", &burnt, "", "");
    tiny = in_c(tiny, "same", &format!("// cc same.c\n{STEW}"));
    let header = "#include <no_pan.h>";
    tiny = in_c(
        tiny,
        "missing",
        &format!("// cc missing.c\n{header}\n{STEW}"),
    );
    tiny = in_c(tiny, "unbuilt", &format!("// cc egg.c\n{STEW}"));
    let raw = STEW.replace("puts", "put");
    tiny = in_c(tiny, "raw", &format!("// cc raw.c\n{raw}"));
    let stale = STEW.replace("toast", "stew");
    tiny = in_c(tiny, "stale", &format!("// cc stale.c\n{stale}"));
    let egg = "println!(\"egg\");";
    for (word, line, stdout, declared) in [
        ("egg", egg, "egg\n", ""),
        ("rotten", egg, "rotten\n", ""),
        ("same", "println!(\"{}\", \"toast\");", "toast\n", ""),
        ("failing", "panic!();", "", ""),
        ("undefined", "boil();", "", ""),
        ("unbroken", egg, "", "broken = true"),
        (
            "endless",
            "loop { std::thread::park(); }",
            "",
            "hangs = true",
        ),
        ("ending", egg, "egg\n", "hangs = true"),
    ] {
        tiny = varied(tiny, word, line, stdout, declared);
    }
    let endless = "listings/tiny/examples/toast.endless.stderr";
    tiny = tiny
        .with(endless, "(still running after 2 seconds)\n")
        .with(
            "listings/tiny/examples/toast.left_behind.diff",
            "-    println!(\"bread\");\n",
        );
    for (name, system) in [("here", OS), ("abroad", elsewhere())] {
        tiny = example(tiny, name, TOAST, "toast\n").declare(&format!(
            "[package.metadata.listings.{name}]\nonly = \"{system}\""
        ));
    }
    for plot in PLOTS {
        tiny = measured(tiny, plot);
    }
    let page = "{{#include ../listings/tiny/examples/misprinted.rs}}\n\
                {{#include ../listings/tiny/broken/misquoted.rs}}\n\
                {{#include ../listings/tiny/examples/plot_regrouped.plot.html}}\n";
    let root = tiny
        .with("src/appendix-glossary.md", page)
        .settle("kitchen");
    let shelf = Shelf::of(&root, false).expect("the tiny book can be built");
    (root, shelf)
});

/// What the test to which a listing belongs says about it, or about a variation
/// of it, `NAME.WORD`, in a book that is read anew.
fn verdict(name: &str) -> String {
    let (root, shelf) = &*KITCHEN;
    let workspace = &Workspace::load(root);
    let (name, word) = name.split_once('.').unwrap_or((name, ""));
    let listing = workspace.listing(name).expect("it is there");
    let plot = workspace.plots().find(|plot| plot.listing.name == name);
    let outcome = if !word.is_empty() {
        let variation = listing.variation(word).expect("it is there, too");
        expect::varies(shelf, &variation)
    } else if let Some(plot) = plot {
        plot.verify(workspace)
    } else if let Some(other) = &listing.settings.becomes {
        expect::becomes(shelf, listing, other)
    } else if listing.kind == Kind::Broken {
        expect::fails(shelf, listing)
    } else {
        expect::prints(shelf, listing, &listing.runs()[0])
    };
    said(outcome)
}

fn said(outcome: anyhow::Result<()>) -> String {
    outcome
        .err()
        .map_or_else(String::new, |error| format!("{error:#}"))
}

#[track_caller]
fn says(name: &str, expected: impl Into<Data>) {
    snapbox::assert_data_eq!(verdict(name), expected.into().raw());
}

/// A system on which this test does not run.
fn elsewhere() -> &'static str {
    if OS == "linux" { "windows" } else { "linux" }
}

/// What a machine cannot run is ignored for that reason, and nothing else is.
#[test]
fn a_listing_for_another_system() {
    let shelf = &KITCHEN.1;
    let lacks = |name| {
        let listing = shelf.workspace.listing(name).expect("it is there");
        shelf.lacks(listing).expect("it says how it is built")
    };
    assert_eq!(lacks("here"), None);
    says("here", "");
    let reason = format!("it runs on {} alone", elsewhere());
    assert_eq!(lacks("abroad"), Some(reason));
}

#[test]
fn a_program_and_a_failure_without_fault() {
    says("toast", "");
    says("burnt", "");
}

#[test]
fn one_character_of_an_output() {
    says("misprinted", file!["red/outputs.txt"]);
}

#[test]
fn an_output_on_the_other_stream() {
    says(
        "whispered",
        str![[r#"
whispered: standard output is not listings/tiny/examples/whispered.stdout

---- expected: listings/tiny/examples/whispered.stdout
+++ Actual
   1      - toast




  program  listings/tiny/examples/whispered.rs
  shown in no page
  see it   cargo run --example whispered
  accept   SNAPSHOTS=overwrite cargo test --test outputs -- whispered

"#]],
    );
}

#[test]
fn an_output_left_open_that_does_not_vary() {
    says(
        "vague",
        str![[r#"
vague: standard output is not listings/tiny/examples/vague.stdout

---- expected: listings/tiny/examples/vague.stdout
+++ Actual
   1      - to[..]
        1 + toast




  program  listings/tiny/examples/vague.rs
  shown in no page
  see it   cargo run --example vague
  accept   SNAPSHOTS=overwrite cargo test --test outputs -- vague

"#]],
    );
}

/// Of all that snapbox could replace, only `[..]` is known.
#[test]
fn an_output_with_a_mark_of_snapbox() {
    says(
        "replaced",
        str![[r#"
replaced: standard output is not listings/tiny/examples/replaced.stdout

---- expected: listings/tiny/examples/replaced.stdout
+++ Actual
   1      - toast[EXE]
        1 + toast




  program  listings/tiny/examples/replaced.rs
  shown in no page
  see it   cargo run --example replaced
  accept   SNAPSHOTS=overwrite cargo test --test outputs -- replaced

"#]],
    );
}

#[test]
fn another_exit_status() {
    says(
        "dropped",
        str![[r#"
dropped: the exit status is 101, not 0; standard error was:

thread 'main' ([..]) panicked at listings/tiny/examples/dropped.rs:2:5:
toast
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace


  program  listings/tiny/examples/dropped.rs
  shown in no page
  see it   cargo run --example dropped

"#]],
    );
}

#[test]
fn one_character_of_a_diagnostic() {
    says("misquoted", file!["red/broken.txt"]);
}

#[test]
fn a_broken_program_that_compiles() {
    says(
        "mended",
        str![[r#"
mended: it compiles

  program  listings/tiny/broken/mended.rs
  shown in no page
  see it   cargo broken mended

"#]],
    );
}

fn change(file: &str, from: &str, to: &str) {
    let path = KITCHEN.0.join("listings/tiny").join(file);
    let text = fs::read_to_string(&path).expect("it can be read");
    fs::write(&path, text.replace(from, to)).expect("it can be written");
}

/// What has failed as kept is not compiled again, until something changes.
#[test]
fn a_failure_that_has_changed_since_it_was_compared() {
    says("renewed", "");
    change("broken/renewed.stderr", "burn`", "barn`");
    for _ in 0..2 {
        assert!(verdict("renewed").contains("rustc does not say"));
    }
    change("broken/renewed.stderr", "barn`", "burn`");
    says("renewed", "");
    change("broken/renewed.rs", "burn()", "barn()");
    assert!(verdict("renewed").contains("rustc does not say"));
    change("broken/renewed.rs", "    barn();\n", "");
    for _ in 0..2 {
        assert!(verdict("renewed").contains("it compiles"));
    }
}

#[test]
fn a_listing_that_becomes_another() {
    says("moved", "");
    says(
        "mismoved",
        str![[r#"
mismoved: what turns it into listings/tiny/examples/egg.rs is not listings/tiny/examples/mismoved.diff

---- expected: listings/tiny/examples/mismoved.diff
+++ Actual
   1    1 | @@
   2    2 |  fn main() {
   3    3 | -    println!("toast");
   4      - +    println!("eggs");
        4 + +    println!("egg");
   5    5 |  }




  program  listings/tiny/examples/mismoved.rs
  shown in no page
  see it   cargo run --example mismoved
  accept   SNAPSHOTS=overwrite cargo test --test outputs -- mismoved

"#]],
    );
    says(
        "adrift",
        str!["`adrift` is declared to become `nobody`, which is no listing"],
    );
    let shelf = &KITCHEN.1;
    let listing = |name| shelf.workspace.listing(name).expect("it is there");
    let back = said(expect::replaces(shelf, listing("mismoved"), "egg"));
    assert!(back.contains("what turns egg into"), "{back}");
    let astray = said(expect::replaces(shelf, listing("moved"), "nobody"));
    assert!(astray.contains("declared to replace `nobody`"), "{astray}");
}

#[test]
fn wrong_arguments_that_are_accepted() {
    let shelf = &KITCHEN.1;
    let listing = shelf.workspace.listing("toast").expect("it is there");
    let found = said(expect::refuses(shelf, listing));
    snapbox::assert_data_eq!(
        found,
        str![[r#"
toast: wrong arguments give exit status 0 instead of 2, or no line on standard error that starts with `usage: `:
toast


  program  listings/tiny/examples/toast.rs
  shown in src/breakfast/toast.md:9
  see it   cargo run --example toast -- --no-such-option a b c

"#]]
    );
}

#[test]
fn a_program_in_c_that_runs() {
    says("same", "");
    says(
        "stale",
        str![[r#"
stale: standard output is not listings/tiny/cpp/stale.stdout

---- expected: listings/tiny/cpp/stale.stdout
+++ Actual
   1      - toast
        1 + stew




  program  listings/tiny/cpp/stale.c
  shown in no page
  see it   cargo cpp stale
  accept   SNAPSHOTS=overwrite cargo test --test outputs -- stale

"#]],
    );
    // A program that has changed is built again.
    change("cpp/stale.c", "stew", "toast");
    says("stale", "");
}

#[test]
fn a_program_in_c_that_cannot_be_built() {
    says(
        "unbuilt",
        str![
            "listings/tiny/cpp/unbuilt.c:1: the first line is not the command that builds the program, as in `// g++ -std=c++20 unbuilt.c`"
        ],
    );
    let found = verdict("raw");
    assert!(found.contains("raw.c: `cc raw.c` fails"), "{found}");
}

#[test]
fn what_a_machine_lacks() {
    let shelf = &KITCHEN.1;
    let lacks = |name: &str| {
        let listing = shelf.workspace.listing(name).expect("it is there");
        shelf.lacks(listing).expect("it says how it is built")
    };
    assert_eq!(lacks("toast"), None);
    assert_eq!(lacks("same"), None);
    let reason = lacks("missing").expect("no machine has this header");
    assert!(reason.contains("no_pan.h"), "{reason}");
}

#[test]
fn a_plot_without_fault() {
    says("plot", "");
    says("plot_varies", "");
}

#[test]
fn a_plot_of_another_table_than_the_listing_prints() {
    says(
        "plot_regrouped",
        str![[r#"
listings/tiny/examples/plot_regrouped.data:9: `plot_regrouped` now prints another table: the rows ["toast", "roll"] became ["toast", "egg"]

  program  listings/tiny/examples/plot_regrouped.rs
  data     listings/tiny/examples/plot_regrouped.data
  shown in src/appendix-glossary.md:3
  accept   cargo measure plot_regrouped

"#]],
    );
    says(
        "plot_converted",
        str![[r#"
listings/tiny/examples/plot_converted.data:9: `plot_converted` now prints another table: the columns ["one", "weight (KiB)"] became ["one", "weight (B)"]

  program  listings/tiny/examples/plot_converted.rs
  data     listings/tiny/examples/plot_converted.data
  shown in no page
  accept   cargo measure plot_converted

"#]],
    );
}

#[test]
fn a_plot_of_other_numbers_than_exact_ones() {
    says("plot_inexact", file!["red/plot.txt"]);
}

#[test]
fn a_measurement_that_holds_no_number() {
    says(
        "plot_garbled",
        str![[r#"
listings/tiny/examples/plot_garbled.data:11: `6o` below `weight (B)` is no number

  restore it, or measure again: cargo measure plot_garbled

"#]],
    );
}

#[test]
fn a_measurement_by_another_command() {
    says(
        "plot_unoptimised",
        str![[r#"
listings/tiny/examples/plot_unoptimised.data:1: was measured with `cargo run --example plot_unoptimised`, and the command is now `cargo run --release --example plot_unoptimised`

  program  listings/tiny/examples/plot_unoptimised.rs
  data     listings/tiny/examples/plot_unoptimised.data
  shown in no page
  accept   cargo measure plot_unoptimised

"#]],
    );
}

#[test]
fn a_plot_that_is_not_drawn_from_its_measurement() {
    says(
        "plot_repainted",
        str![[r#"
listings/tiny/examples/plot_repainted.plot.html:7: is not drawn from the measurement

  program  listings/tiny/examples/plot_repainted.rs
  data     listings/tiny/examples/plot_repainted.data
  shown in no page
  accept   cargo figures

"#]],
    );
}

#[test]
fn the_kitchen_declares_its_listings() {
    let faults = &KITCHEN.1.workspace.faults;
    assert_eq!(faults.as_slice(), [], "{MANIFEST} or a file is wrong");
}

#[test]
fn variations_without_fault() {
    says("toast.egg", "");
    says("toast.endless", "");
    // It is not watched twice.
    says("toast.endless", "");
}

#[test]
fn a_variation_that_prints_something_else() {
    says("toast.rotten", file!["red/variation.txt"]);
}

#[test]
fn a_variation_that_makes_no_difference() {
    says(
        "toast.same",
        str![[r#"
toast.same: it does what the listing does, so the reader sees no difference; choose another change

  program  listings/tiny/examples/toast.rs
  change   listings/tiny/examples/toast.same.diff
  shown in src/breakfast/toast.md:9
  see it   cargo try toast same

"#]],
    );
}

#[test]
fn a_variation_that_fails_or_does_not_compile() {
    says(
        "toast.failing",
        str![[r#"
toast.failing: the exit status is 101, not 0; standard error was:

thread 'main' ([..]) panicked at listings/tiny/examples/toast.rs:2:5:
explicit panic
note: run with `RUST_BACKTRACE=1` environment variable to display a backtrace


  program  listings/tiny/examples/toast.rs
  change   listings/tiny/examples/toast.failing.diff
  shown in src/breakfast/toast.md:9
  see it   cargo try toast failing

"#]],
    );
    says(
        "toast.undefined",
        str![[r#"
toast.undefined: it does not compile; if that is the lesson, declare `broken = true`
error[E0425]: cannot find function `boil` in this scope
 --> listings/tiny/examples/toast.rs:2:5
  |
2 |     boil();
  |     ^^^^ not found in this scope

error: aborting due to 1 previous error

For more information about this error, try `rustc --explain E0425`.


  program  listings/tiny/examples/toast.rs
  change   listings/tiny/examples/toast.undefined.diff
  shown in src/breakfast/toast.md:9
  see it   cargo try toast undefined

"#]],
    );
    says(
        "toast.unbroken",
        str![[r#"
toast.unbroken: it compiles, and is declared `broken`

  program  listings/tiny/examples/toast.rs
  change   listings/tiny/examples/toast.unbroken.diff
  shown in src/breakfast/toast.md:9
  see it   cargo try toast unbroken

"#]],
    );
}

#[test]
fn a_variation_that_ends_though_it_should_not() {
    says(
        "toast.ending",
        str![[r#"
toast.ending: it ends with status 0, and is declared to hang

  program  listings/tiny/examples/toast.rs
  change   listings/tiny/examples/toast.ending.diff
  shown in src/breakfast/toast.md:9
  see it   cargo try toast ending

"#]],
    );
}

#[test]
fn a_listing_that_has_changed_under_its_variation() {
    says(
        "toast.left_behind",
        str![[r#"
toast.left_behind: listings/tiny/examples/toast.left_behind.diff does not fit listings/tiny/examples/toast.rs: these lines do not stand in the listing; write them as they are there:
    println!("bread");

  program  listings/tiny/examples/toast.rs
  change   listings/tiny/examples/toast.left_behind.diff
  shown in src/breakfast/toast.md:9
  see it   cargo try toast left_behind

"#]],
    );
}
