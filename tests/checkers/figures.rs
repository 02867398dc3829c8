//! Listings and exercises stand in one figure each, with their commands.

use snapbox::str;

use crate::tiny::{PAGE, PRACTICE, Tiny};

const OUTPUT: &str =
    "```text\n{{#include ../../listings/tiny/examples/toast.stdout}}\n```";

#[test]
fn a_listing_that_no_page_shows() {
    let egg = "listings/tiny/examples/egg.rs";
    Tiny::new().with(egg, "fn main() {}\n").says(str![[r#"
[listings] listings/tiny/examples/egg.rs: no page shows it
  mend     one page shows it, in <figure class="listing" id="egg">

"#]]);
}

#[test]
fn a_listing_that_two_figures_show() {
    let figure = "<figure class=\"listing\" id=\"burnt\">\n<figcaption>Again. \
                  <code>cargo broken burnt</code></figcaption>\n</figure>";
    Tiny::new().show(figure).says(str![[r#"
[listings] listings/tiny/broken/burnt.rs: 2 pages show it: src/breakfast/toast.md:22, src/breakfast/toast.md:53
  mend     one page shows it, in <figure class="listing" id="burnt">
[links] src/breakfast/toast.md:22: 2 elements bear the anchor #burnt
  mend     rename one of them

"#]]);
}

#[test]
fn a_figure_of_no_listing() {
    Tiny::new()
        .but(PAGE, "id=\"burnt\"", "id=\"test\"")
        .says(str![[r#"
[listings] listings/tiny/broken/burnt.rs: no page shows it
  mend     one page shows it, in <figure class="listing" id="burnt">
[listings] src/breakfast/toast.md:22: the figure `test` shows no listing
  mend     write examples/test.rs, broken/test.rs or a program cpp/test in the folder of a section
[variations] src/breakfast/toast.md:33: `burnt.cooled` stands on a page without its listing
  mend     it stands once, in the figure of the listing NAME, with the id `NAME.WORD` of NAME.WORD.diff
[blocks] src/breakfast/toast.md:25 (listing `test`): the block belongs to `burnt` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/toast.md:29 (listing `test`): the block belongs to `burnt` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/toast.md:35 (listing `test`): the block belongs to `burnt` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/toast.md:39 (listing `test`): the block belongs to `burnt` and stands outside its figure
  mend     move it into that figure

"#]]);
}

#[test]
fn an_output_that_no_page_shows() {
    let file = "listings/tiny/examples/toast.stderr";
    Tiny::new().with(file, "hot\n").says(str![[r#"
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.stderr in 0 code blocks
  mend     include it in one

"#]]);
}

#[test]
fn an_output_that_stands_there_twice_or_in_a_comment() {
    Tiny::new()
        .but(PAGE, OUTPUT, &format!("{OUTPUT}\n\n{OUTPUT}"))
        .says(str![[r#"
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.stdout in 2 code blocks
  mend     include it in one

"#]]);
    let comment = OUTPUT.replace("```text", "<!--").replace("```", "-->");
    Tiny::new().but(PAGE, OUTPUT, &comment).says(str![[r#"
[pages] src/breakfast/toast.md:14: no reader sees a comment, and the tests would
  mend     delete it
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.stdout in 0 code blocks
  mend     include it in one

"#]]);
}

#[test]
fn an_output_of_a_run_that_is_not_declared() {
    let file = "listings/tiny/examples/toast.again.stdout";
    Tiny::new().with(file, "hot\n").says(str![[r#"
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.again.stdout in 0 code blocks
  mend     include it in one
[listings] listings/tiny/examples/toast.again.stdout: no run of toast is declared that prints it
  mend     delete it, or declare the run in the manifest

"#]]);
    let file = "listings/tiny/broken/burnt.stdout";
    Tiny::new().with(file, "42\n").says(str![[r#"
[listings] src/breakfast/toast.md:22: the figure `burnt` includes listings/tiny/broken/burnt.stdout in 0 code blocks
  mend     include it in one
[listings] listings/tiny/broken/burnt.stdout: no run of burnt is declared that prints it
  mend     delete it, or declare the run in the manifest

"#]]);
    let file = "listings/tiny/examples/toast.diff";
    Tiny::new().with(file, "-a\n+b\n").says(str![[r#"
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.diff in 0 code blocks
  mend     include it in one
[listings] listings/tiny/examples/toast.diff: no run of toast is declared that prints it
  mend     delete it, or declare the run in the manifest

"#]]);
}

#[test]
fn an_output_outside_its_figure() {
    Tiny::new().show(OUTPUT).says(str![[r#"
[blocks] src/breakfast/toast.md:53: the block belongs to `toast` and stands outside its figure
  mend     move it into that figure

"#]]);
}

#[test]
fn an_output_below_the_command_of_another_run() {
    let again = "{{#include ../../listings/tiny/examples/toast.again.stdout}}";
    let closed = "</details>\n\n</figure>";
    let both = format!("</details>\n\n```text\n{again}\n```\n\n</figure>");
    Tiny::new()
        .declare(
            "[package.metadata.listings.toast.runs.again]\n\
             args = [\"--again\"]",
        )
        .with("listings/tiny/examples/toast.again.stdout", "toast\n")
        .but(PAGE, closed, &both)
        .says(str![[r#"
[listings] src/breakfast/toast.md:20: this is what `cargo run --example toast -- --again` prints, and that command does not stand above it
  mend     write it into the caption, or into a `console` block

"#]]);
}

#[test]
fn an_exercise_that_no_page_shows_or_that_two_show() {
    Tiny::new()
        .but(PRACTICE, "class=\"exercise\" id", "class=\"anatomy\" id")
        .but(PRACTICE, "id=\"boil\"", "id=\"cook\"")
        .says(str![[r#"
[exercises] exercises/tests/boil/starter.rs: no page shows it
  mend     one page shows it, in <figure class="exercise" id="boil">
[blocks] src/breakfast/practice.md:8 (listing `cook`): the block belongs to `boil` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/practice.md:12 (listing `cook`): the block belongs to `boil` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/practice.md:18 (listing `cook`): the block belongs to `boil` and stands outside its figure
  mend     move it into that figure
[anatomies] src/breakfast/practice.md:5: a picture shows the parts of ``, which is no listing of this page
  mend     its attribute data-of names one

"#]]);
    let figure = "<figure class=\"exercise\" id=\"boil\">\n<figcaption>Again. \
                  <code>cargo exercise boil</code></figcaption>\n</figure>";
    Tiny::new().show(figure).says(str![[r#"
[exercises] exercises/tests/boil/starter.rs: 2 pages show it: src/breakfast/toast.md:53, src/breakfast/practice.md:5
  mend     one page shows it, in <figure class="exercise" id="boil">

"#]]);
    Tiny::new()
        .but(PRACTICE, "id=\"boil\"", "id=\"cook\"")
        .says(str![[r#"
[exercises] exercises/tests/boil/starter.rs: no page shows it
  mend     one page shows it, in <figure class="exercise" id="boil">
[exercises] src/breakfast/practice.md:5: the figure `cook` shows no exercise
  mend     write exercises/tests/cook
[blocks] src/breakfast/practice.md:8 (listing `cook`): the block belongs to `boil` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/practice.md:12 (listing `cook`): the block belongs to `boil` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/practice.md:18 (listing `cook`): the block belongs to `boil` and stands outside its figure
  mend     move it into that figure

"#]]);
}

#[test]
fn an_exercise_without_its_failure() {
    let block =
        "```text\n{{#include ../../exercises/tests/boil/starter.stderr}}";
    Tiny::new()
        .but(PRACTICE, block, "```text\nhot")
        .says(str![[r#"
[exercises] src/breakfast/practice.md:5: the figure `boil` includes exercises/tests/boil/starter.stderr in 0 code blocks
  mend     include it in one
[blocks] src/breakfast/practice.md:12 (listing `boil`): a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
}

#[test]
fn a_solution_that_stands_open() {
    Tiny::new()
        .but(PRACTICE, "<details>", "<details open>")
        .says(str![[r#"
[exercises] src/breakfast/practice.md:18: the solution of `boil` stands open
  mend     put it into <details>

"#]]);
    let closed = "<details><summary>A solution</summary>";
    Tiny::new()
        .but(PRACTICE, closed, &format!("{closed}</details>"))
        .says(str![[r#"
[exercises] src/breakfast/practice.md:18: the solution of `boil` stands open
  mend     put it into <details>

"#]]);
}

#[test]
fn a_caption_with_another_command() {
    Tiny::new()
        .but(PAGE, "--example toast", "--example tosat")
        .says(str![[r#"
[listings] src/breakfast/toast.md:14: this is what `cargo run --example toast` prints, and that command does not stand above it
  mend     write it into the caption, or into a `console` block
[commands] src/breakfast/toast.md:5: the caption of `toast` gives ["cargo run --example tosat"], not its command
  mend     write <code>cargo run --example toast</code>
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
    Tiny::new()
        .but(PAGE, "--example toast", "--exmaple toast")
        .says(str![[r#"
[listings] src/breakfast/toast.md:14: this is what `cargo run --example toast` prints, and that command does not stand above it
  mend     write it into the caption, or into a `console` block
[commands] src/breakfast/toast.md:5: the caption of `toast` gives ["cargo run --exmaple toast"], not its command
  mend     write <code>cargo run --example toast</code>
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
    Tiny::new()
        .but(PAGE, "toast</code>", "toast -- --fast</code>")
        .says(str![[r#"
[listings] src/breakfast/toast.md:14: this is what `cargo run --example toast` prints, and that command does not stand above it
  mend     write it into the caption, or into a `console` block
[commands] src/breakfast/toast.md:5: the caption of `toast` gives ["cargo run --example toast -- --fast"], not its command
  mend     write <code>cargo run --example toast</code>
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

#[test]
fn a_caption_without_a_command() {
    Tiny::new()
        .but(PAGE, " <code>cargo broken burnt</code>", "")
        .says(str![[r#"
[listings] src/breakfast/toast.md:29: this is what `cargo broken burnt` prints, and that command does not stand above it
  mend     write it into the caption, or into a `console` block
[commands] src/breakfast/toast.md:22: the caption of `burnt` gives [], not its command
  mend     write <code>cargo broken burnt</code>
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
    Tiny::new()
        .but(PRACTICE, "cargo exercise boil", "cargo test")
        .says(str![[r#"
[commands] src/breakfast/practice.md:5: the caption of `boil` gives ["cargo test"], not its command
  mend     write <code>cargo exercise boil</code>
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

#[test]
fn a_command_without_the_feature_that_it_needs() {
    Tiny::new()
        .declare(
            "[[example]]\nname = \"toast\"\nrequired-features = [\"oven\"]",
        )
        .says(str![[r#"
[listings] src/breakfast/toast.md:14: this is what `cargo run --features oven --example toast` prints, and that command does not stand above it
  mend     write it into the caption, or into a `console` block
[commands] src/breakfast/toast.md:5: the caption of `toast` gives ["cargo run --example toast"], not its command
  mend     write <code>cargo run --features oven --example toast</code>
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
}

#[test]
fn a_command_that_names_nothing() {
    let commands = [
        "cargo run --example egg",
        "cargo run --example burnt",
        "cargo measure toast",
        "cargo exercise bake",
        "cargo cpp soup",
        "cargo figures toast",
        "cargo test --test bake",
        "cargo test --test stove heat",
    ];
    let known = "`cargo figures`, `cargo test --test stove bake`, \
                 `cargo test --test boil`, `cargo test --test NAME`";
    let text = commands.map(|command| format!("`{command}`")).join(", ");
    let raw = commands.map(|command| format!("<code>{command}</code>"));
    for text in [text, format!("<p>{}</p>", raw.join(", "))] {
        let found = Tiny::new()
            .with("tests/stove.rs", "fn bake() {}\n")
            .show(&format!("{text}\n\n{known}"))
            .faults();
        let of_rule = found.iter().filter(|(rule, _)| *rule == "commands");
        let said = of_rule.map(|(_, fault)| fault.what.as_str());
        let wanted =
            commands.map(|c| format!("`{c}` names nothing that there is"));
        assert_eq!(said.collect::<Vec<_>>(), wanted);
    }
    let old = Tiny::new().read("README.md");
    Tiny::new()
        .with("README.md", format!("{old}\nand `cargo broken egg`\n"))
        .with("tests/README.md", "`cargo broken egg`\n")
        .says(str![[r#"
[commands] README.md:4: `cargo broken egg` names nothing that there is
  mend     name a listing or an exercise of that kind, and a run that its manifest declares
[commands] tests/README.md:1: `cargo broken egg` names nothing that there is
  mend     name a listing or an exercise of that kind, and a run that its manifest declares

"#]]);
    Tiny::new()
        .show("```console\n$ cargo run -q --example egg\n```")
        .says(str![[r#"
[commands] src/breakfast/toast.md:54: `cargo run --example egg` names nothing that there is
  mend     name a listing or an exercise of that kind, and a run that its manifest declares

"#]]);
}

const STEW: &str = "// cc stew.c\nint puts(const char *);\n\
                    int main(void) { puts(\"stew\"); return 0; }\n";

/// The tiny book with a program in C.
fn with_c() -> Tiny {
    let folder = "listings/tiny/cpp";
    Tiny::new()
        .with(&format!("{folder}/stew.c"), STEW)
        .with(&format!("{folder}/stew.stdout"), "stew\n")
        .show(&format!(
            "<figure class=\"listing\" id=\"stew\">\n<figcaption>Stew. \
             <code>cargo cpp stew</code></figcaption>\n\n```c\n\
             {{{{#include ../../{folder}/stew.c}}}}\n```\n\n```text\n\
             {{{{#include ../../{folder}/stew.stdout}}}}\n```\n\n</figure>"
        ))
}

#[test]
fn a_program_in_c_as_a_page_shows_it() {
    let but = |from, to| with_c().but(PAGE, from, to);
    with_c().says("");
    but("```c\n", "```cpp\n").says(str![[r#"
[blocks] src/breakfast/toast.md:56 (listing `stew`): nobody compiles this block
  mend     a `cpp` or `c` block includes a whole program of that language from cpp/

"#]]);
    but("```c\n", "```rust\n").says(str![[r#"
[blocks] src/breakfast/toast.md:56 (listing `stew`): the block shows a part of a program, and the reader would copy only that part
  mend     use {{#rustdoc_include FILE:ANCHOR}}, which hides the rest instead of dropping it

"#]]);
    but("stew.c}}", "stew.c:1}}").says(str![[r#"
[includes] src/breakfast/toast.md:57: listings/tiny/cpp/stew.c has no `ANCHOR: 1`
[includes] src/breakfast/toast.md:57: listings/tiny/cpp/stew.c has no `ANCHOR_END: 1`
[blocks] src/breakfast/toast.md:56 (listing `stew`): nobody compiles this block
  mend     a `cpp` or `c` block includes a whole program of that language from cpp/

"#]]);
    but("cargo cpp stew", "cargo cpp stwe").says(str![[r#"
[listings] src/breakfast/toast.md:60: this is what `cargo cpp stew` prints, and that command does not stand above it
  mend     write it into the caption, or into a `console` block
[commands] src/breakfast/toast.md:53: the caption of `stew` gives ["cargo cpp stwe"], not its command
  mend     write <code>cargo cpp stew</code>
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]).mends();
    but("id=\"stew\"", "id=\"soup\"").says(str![[r#"
[listings] listings/tiny/cpp/stew.c: no page shows it
  mend     one page shows it, in <figure class="listing" id="stew">
[listings] src/breakfast/toast.md:53: the figure `soup` shows no listing
  mend     write examples/soup.rs, broken/soup.rs or a program cpp/soup in the folder of a section
[blocks] src/breakfast/toast.md:56 (listing `soup`): the block belongs to `stew` and stands outside its figure
  mend     move it into that figure
[blocks] src/breakfast/toast.md:60 (listing `soup`): the block belongs to `stew` and stands outside its figure
  mend     move it into that figure

"#]]);
}

#[test]
fn a_setting_that_a_program_in_c_cannot_have() {
    with_c()
        .declare("[package.metadata.listings.stew]\nargs = [\"1\"]")
        .says(str![[r#"
[files] listings/tiny/Cargo.toml: declares for the listing `stew` what a listing in cpp cannot have
  mend     only a broken program has an `edition`, and beside that a `repair` and `whatif`; one in C++ or C has `exit`, `fails`, `varies` and `prints`

"#]]);
}

#[test]
fn an_output_that_two_listings_share() {
    let declare = |name| {
        with_c().declare(&format!(
            "[package.metadata.listings.stew]\nprints = \"{name}\""
        ))
    };
    declare("egg").says(str![[r#"
[files] listings/tiny/cpp/stew.c: is declared to print what `egg` prints, but no listing of that name has a .stdout of its own

"#]]);
    declare("toast").says(str![[r#"
[files] listings/tiny/cpp/stew.stdout: is compared with nothing: the listing is declared to print what `toast` prints
  mend     delete the file or the declaration

"#]]);
}

#[test]
fn a_name_used_twice() {
    Tiny::new()
        .with("listings/tiny/broken/toast.rs", "fn main() {}\n")
        .says(str![[r#"
[files] listings/tiny/broken/toast.rs: has the name of listings/tiny/examples/toast.rs
  mend     a name is used once in the whole book; rename one of them

"#]]);
    Tiny::new()
        .with("listings/tiny/examples/boil.rs", "fn main() {}\n")
        .says(str![[r#"
[files] exercises/tests/boil/starter.rs: has the name of listings/tiny/examples/boil.rs
  mend     a name is used once in the whole book; rename one of them
[listings] listings/tiny/examples/boil.rs: no page shows it
  mend     one page shows it, in <figure class="listing" id="boil">
[exercises] src/breakfast/practice.md:5: the figure `boil` shows no exercise
  mend     write exercises/tests/boil
[commands] src/breakfast/practice.md:5: the caption of `boil` gives ["cargo exercise boil"], not its command
  mend     write <code>cargo run --example boil</code>
  accept   SNAPSHOTS=overwrite cargo test --test pages
[blocks] src/breakfast/practice.md:8 (listing `boil`): the block shows a part of a program, and the reader would copy only that part
  mend     use {{#rustdoc_include FILE:ANCHOR}}, which hides the rest instead of dropping it
[blocks] src/breakfast/practice.md:12 (listing `boil`): a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file
[blocks] src/breakfast/practice.md:18 (listing `boil`): the block shows a part of a program, and the reader would copy only that part
  mend     use {{#rustdoc_include FILE:ANCHOR}}, which hides the rest instead of dropping it

"#]]);
}
