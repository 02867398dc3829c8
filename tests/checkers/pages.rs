//! What stands in the folder of the pages, and what the reader sees of it.

use book::fault::{Edit, Fault, mend};
use snapbox::str;

use crate::tiny::{ENTRY, MANIFEST, PAGE, TOAST, Tiny};

#[test]
fn a_file_that_is_no_page() {
    Tiny::new().with("src/lie.stdout", "cold\n").says(str![[r#"
[pages] src/lie.stdout: SUMMARY.md lists no such page, so nothing in it is tested
  mend     list it there, or delete it

"#]]);
}

#[test]
fn a_page_in_the_folder_of_no_section() {
    Tiny::new()
        .with(
            "src/lunch/soup.md",
            "# Soup\n\nHot.\n\n[On](../breakfast.md).\n",
        )
        .but("src/SUMMARY.md", "[Corr", "[Soup](lunch/soup.md)\n[Corr")
        .says(str![[r#"
[pages] src/lunch/soup.md: stands in the folder of no section
  mend     move it to src/ itself, or write the entry of the section, src/lunch.md

"#]]);
}

#[test]
fn a_page_for_wrong_addresses() {
    let page = "# Not here\n\nTry [breakfast](breakfast.md).\n";
    Tiny::new()
        .with("src/404.md", page)
        .says("")
        .with(
            "src/404.md",
            format!("{page}\n```rust\nfn main() {{}}\n```\n"),
        )
        .says(str![[r#"
[pages] src/404.md: holds a block of code, which nobody tests
  mend     delete the block

"#]]);
}

#[test]
fn a_page_that_cannot_be_read() {
    let broken = b"# Toasting\n\n\xff\n";
    let outcome =
        std::panic::catch_unwind(|| Tiny::new().with(PAGE, broken).faults());
    let said = outcome.expect_err("mdBook cannot read it, either");
    let said = said.downcast_ref::<String>().expect("a message");
    assert!(said.contains("toast.md"), "{said}");
}

#[test]
fn a_page_without_a_title_and_with_a_comment() {
    Tiny::new()
        .but(PAGE, "# Toasting\n", "<!-- cold -->\n\n# Toasting\n")
        .says(str![[r#"
[pages] src/breakfast/toast.md: does not begin with its title
[pages] src/breakfast/toast.md:1: no reader sees a comment, and the tests would
  mend     delete it
[ways] src/breakfast/toast.md:1: no paragraph stands directly below the title
  mend     say there what the page is for
[minutes] src/breakfast/toast.md:1: the title is ``, and SUMMARY.md calls the page `Toasting`
  mend     give it one title

"#]]);
}

#[test]
fn a_link_without_definition() {
    Tiny::new().show("See [down][nowhere].").says(str![[r#"
[pages] src/breakfast/toast.md:53: `[down][nowhere]` has no definition on this page

"#]]);
}

#[test]
fn code_that_the_reader_sees_and_nobody_tests() {
    Tiny::new().show("<pre>cold</pre>").says(str![[r#"
[rendered] src/breakfast/toast.md: the reader sees 8 blocks of code, the tests 7; nobody tests this one: `cold`
  mend     put it between ```

"#]]);
    let note = "A note[^n].\n\n[^n]: Note\n    ```text\n    cold\n    ```";
    Tiny::new().show(note).says(str![[r#"
[blocks] src/breakfast/toast.md:56: a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
}

#[test]
fn a_figure_and_a_text_that_are_hidden() {
    Tiny::new()
        .but(PAGE, "id=\"toast\"", "id=\"toast\" hidden")
        .show(
            "<p style=\"display:none\">Cold.</p>\n\n<template>Cold.</template>",
        )
        .says(str![[r#"
[rendered] src/breakfast/toast.md: 3 hidden elements
  mend     show or delete them

"#]]);
}

#[test]
fn a_figure_that_is_not_closed_or_of_no_class() {
    let from = "</figure>\n\n```rust\nfn";
    Tiny::new().but(PAGE, from, "```rust\nfn").says(str![[r#"
[rendered] src/breakfast/toast.md:22: the figure has no </figure>

"#]]);
    Tiny::new()
        .show("<figure class=\"egg\"></figure>")
        .says(str![[r#"
[rendered] src/breakfast/toast.md:53: the figure is of no known class
  mend     its class is listing, exercise, recording, plot or anatomy

"#]]);
}

#[test]
fn an_included_file_that_does_not_exist() {
    Tiny::new()
        .but(PAGE, "burnt.stderr", "egg.stderr")
        .says(str![[r#"
[includes] src/breakfast/toast.md:30: listings/tiny/broken/egg.stderr cannot be read: No such file or directory (os error 2)
[listings] src/breakfast/toast.md:22: the figure `burnt` includes listings/tiny/broken/burnt.stderr in 0 code blocks
  mend     include it in one
[blocks] src/breakfast/toast.md:29 (listing `burnt`): a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
}

#[test]
fn an_included_anchor_that_does_not_exist() {
    Tiny::new()
        .show(&format!(
            "```toml\n{{{{#include ../../{MANIFEST}:hot}}}}\n```"
        ))
        .says(str![[r#"
[includes] src/breakfast/toast.md:54: listings/tiny/Cargo.toml has no `ANCHOR: hot`
[includes] src/breakfast/toast.md:54: listings/tiny/Cargo.toml has no `ANCHOR_END: hot`

"#]]);
}

#[test]
fn a_directive_that_is_no_include() {
    Tiny::new().show("{{#title Hot}}").says(str![[r#"
[includes] src/breakfast/toast.md: 6 of its 7 {{#…}} directives are includes of a file
  mend     only those are used in this book

"#]]);
    let from = "toast.stdout}}\n";
    let to = format!("{from}{{{{ #include lie.txt}}}}\n");
    Tiny::new().but(PAGE, from, &to).says(str![[r#"
[includes] src/breakfast/toast.md: 6 of its 7 {{#…}} directives are includes of a file
  mend     only those are used in this book
[listings] src/breakfast/toast.md:5: the figure `toast` includes listings/tiny/examples/toast.stdout in 0 code blocks
  mend     include it in one
[blocks] src/breakfast/toast.md:14 (listing `toast`): a `text` block is an output, and nobody compares this one
  mend     include a .stdout or .stderr file

"#]]);
}

#[test]
fn an_included_program_that_cannot_be_read() {
    // Nor is it said that the variation does not fit it.
    Tiny::new()
        .with("listings/tiny/broken/burnt.rs", b"\xff")
        .says(str![[r#"
[files] listings/tiny/broken/burnt.rs: cannot be read: stream did not contain valid UTF-8
  mend     make it a text in UTF-8, or delete it

"#]]);
    Tiny::new()
        .with(TOAST, b"fn main() {}\n// \xff\n")
        .says(str![[r#"
[files] listings/tiny/examples/toast.rs: cannot be read: stream did not contain valid UTF-8
  mend     make it a text in UTF-8, or delete it

"#]]);
}

/// The edits of the overwrite mode are written together, or not at all.
#[test]
fn an_edit_that_fits_no_longer() {
    let edit = |file: &str, line, old: &str| {
        Fault::new(file, "cold", "warm it").or_write(Edit {
            file: file.into(),
            line,
            old: old.to_owned(),
            new: "egg".to_owned(),
        })
    };
    let tiny = Tiny::new();
    let mended = |faults| mend(tiny.root(), faults);
    let fitting = || vec![edit(ENTRY, 3, "hot"), edit(PAGE, 3, "slice")];
    let faults = [edit(PAGE, 1, "soup")].into_iter().chain(fitting());
    let error = mended(faults.collect()).expect_err("there is no soup");
    assert_eq!(error.to_string(), format!("{PAGE}:1 has no \"soup\""));
    let plain = Tiny::new();
    assert_eq!(tiny.read(ENTRY), plain.read(ENTRY));
    assert_eq!(tiny.read(PAGE), plain.read(PAGE));
    mended(fitting()).expect("they fit");
    assert!(tiny.read(PAGE).contains("A egg of bread"));
}
