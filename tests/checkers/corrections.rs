//! The corrections, and where their numbers stand.

use snapbox::str;

use crate::tiny::{ENTRY, PAGE, ROWS, Tiny};

#[test]
fn a_row_that_is_not_complete() {
    let but = |from, to| Tiny::new().but(ROWS, from, to);
    but("<b id=\"C000-1\">", "<b>").says(str![[r#"
[links] src/breakfast/toast.md:5: the link to `../appendix-corrections.html#C000-1` is dead: appendix-corrections.html has no anchor #C000-1
[corrections] src/appendix-corrections.md: the row has no anchor: C000-1 | cold | false | hot | t
  mend     begin it with <b id="C000-1">C000-1</b>
[corrections] src/breakfast/toast.md:5: the listing `toast` claims to prove C000-1, but no row C000-1 of the corrections links to it
[corrections] src/breakfast/toast.md:5: row  of the corrections links to the listing `toast`, whose figure does not name it
  mend     write  into data-claims or data-blocks

"#]]);
    but("| false", "| wrong").says(str![[r#"
[corrections] src/appendix-corrections.md, row C000-1: `wrong` is no verdict
  mend     use one of ["false", "outdated", "half-true", "unproven"]

"#]]);
    but("| hot |", "|  |").says(str![[r#"
[corrections] src/appendix-corrections.md, row C000-1: has an empty cell

"#]]);
    but("| cold |", "| cold | old |").says(str![[r#"
[corrections] src/appendix-corrections.md, row C000-1: `old` is no verdict
  mend     use one of ["false", "outdated", "half-true", "unproven"]
[corrections] src/appendix-corrections.md, row C000-1: has no proof
  mend     link to a listing, as in `ch06-02-….md#count_polls`, or a claim to a primary source
[corrections] src/breakfast/toast.md:5: the listing `toast` claims to prove C000-1, but no row C000-1 of the corrections links to it

"#]]);
}

#[test]
fn a_row_that_stands_there_twice() {
    let row = "| <b id=\"C000-1\">C000-1</b> | cold | false | hot | \
               [t](breakfast/toast.md#toast) |";
    Tiny::new()
        .but(ROWS, row, &format!("{row}\n{row}"))
        .says(str![[r#"
[links] src/appendix-corrections.md:5: 2 elements bear the anchor #C000-1
  mend     rename one of them
[corrections] src/appendix-corrections.md, row C000-1: stands there twice

"#]]);
}

#[test]
fn a_correction_without_proof() {
    let link = "[t](breakfast/toast.md#toast)";
    Tiny::new().but(ROWS, link, "toast").says(str![[r#"
[corrections] src/appendix-corrections.md, row C000-1: has no proof
  mend     link to a listing, as in `ch06-02-….md#count_polls`, or a claim to a primary source
[corrections] src/breakfast/toast.md:5: the listing `toast` claims to prove C000-1, but no row C000-1 of the corrections links to it

"#]]);
    Tiny::new()
        .but(ROWS, link, "[t](breakfast/toast.md)")
        .says(str![[r#"
[corrections] src/appendix-corrections.md, row C000-1: has no proof
  mend     link to a listing, as in `ch06-02-….md#count_polls`, or a claim to a primary source
[corrections] src/breakfast/toast.md:5: the listing `toast` claims to prove C000-1, but no row C000-1 of the corrections links to it

"#]]);
}

#[test]
fn a_proof_without_correction() {
    Tiny::new()
        .but(
            PAGE,
            "data-claims=\"C000-1\"",
            "data-claims=\"C000-1 C000-2\"",
        )
        .says(str![[r#"
[corrections] src/breakfast/toast.md:5: the listing `toast` claims to prove C000-2, but no row C000-2 of the corrections links to it
[claim numbers] src/breakfast/toast.md:55: the page lists other corrections than its figures name
  mend     write *Corrections:* [C000-1](../appendix-corrections.md#C000-1), [C000-2](../appendix-corrections.md#C000-2), [S000-1](../appendix-corrections.md#S000-1)
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
}

#[test]
fn a_proof_that_does_not_name_its_correction() {
    Tiny::new()
        .but(PAGE, " data-claims=\"C000-1\"", "")
        .says(str![[r#"
[corrections] src/breakfast/toast.md:5: row C000-1 of the corrections links to the listing `toast`, whose figure does not name it
  mend     write C000-1 into data-claims or data-blocks

"#]]);
}

#[test]
fn a_source_block_without_a_row() {
    Tiny::new()
        .with("tests/sources.toml", "S000 = 2\n")
        .says(str![[r#"
[corrections] src/appendix-corrections.md: the source block S000-2 has no row
  mend     write it

"#]]);
    Tiny::new()
        .with("tests/sources.toml", "S000 = two\n")
        .says(str![[r#"
[corrections] tests/sources.toml: TOML parse error at line 1, column 8
  |
1 | S000 = two
  |        ^^^
invalid boolean, expected `true`

"#]]);
}

const LIST: &str = "*Corrections:* [C000-1](../appendix-corrections.md#C000-1), \
                    [S000-1](../appendix-corrections.md#S000-1)";

#[test]
fn a_claim_number_in_the_text() {
    Tiny::new()
        .show("Bread is cold (C000-1), some say.")
        .says(str![[r#"
[claim numbers] src/breakfast/toast.md:53: C000-1 stands in the text
  mend     say what it is about, or move it into the paragraph that begins with *Corrections:*

"#]]);
    Tiny::new()
        .show("Bread is cold ([C000-1](../appendix-corrections.md#C000-1)).")
        .says(str![[r#"
[claim numbers] src/breakfast/toast.md:53: C000-1 stands in the text
  mend     say what it is about, or move it into the paragraph that begins with *Corrections:*

"#]]);
    // However it is written.
    let written = [
        "C000<b></b>-1",
        "C000&#45;2",
        "C000\\-3",
        "C000&shy;-4",
        "C000\u{2011}5",
        "<p>C000&#45;6</p>",
        "## C000-7",
        "[bread](toast.md \"C000-8\")",
        "```rust\nfn main() {\n    assert!(true); // C000-9\n}\n```",
    ];
    let faults = Tiny::new().show(&written.join("\n\n")).faults();
    let said = faults.iter().map(|(_, fault)| fault.what.as_str());
    let mut said: Vec<&str> =
        said.filter_map(|w| w.split(' ').next()).collect();
    said.sort_unstable_by_key(|number| number.chars().last());
    assert_eq!(
        said.join(" ").replace('\u{2011}', "-"),
        "C000-1 C000-2 C000-3 C000-4 C000-5 C000-6 C000-7 C000-8 C000-9"
    );
    Tiny::new()
        .but("src/SUMMARY.md", "[Toasting]", "[Toasting C000-1]")
        .but(PAGE, "# Toasting", "# Toasting C000-1")
        .but(ENTRY, "[Toasting]", "[Toasting C000-1]")
        .says(str![[r#"
[claim numbers] src/breakfast.md:7: C000-1 stands in the text
  mend     say what it is about, or move it into the paragraph that begins with *Corrections:*
[claim numbers] src/breakfast/toast.md:1: C000-1 stands in the text
  mend     say what it is about, or move it into the paragraph that begins with *Corrections:*
[claim numbers] src/breakfast/toast.md:1: C000-1 stands in the text
  mend     say what it is about, or move it into the paragraph that begins with *Corrections:*

"#]]);
    Tiny::new()
        .but(PAGE, "Burnt.", "Burnt (S000-1).")
        .says(str![[r#"
[claim numbers] src/breakfast/toast.md:23: S000-1 stands in the text
  mend     say what it is about, or move it into the paragraph that begins with *Corrections:*

"#]]);
}

#[test]
fn a_page_that_does_not_list_its_corrections() {
    Tiny::new()
        .but(PAGE, &format!("{LIST}\n\n"), "")
        .says(str![[r#"
[claim numbers] src/breakfast/toast.md:55: the page does not list what its figures correct
  mend     write *Corrections:* [C000-1](../appendix-corrections.md#C000-1), [S000-1](../appendix-corrections.md#S000-1)
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

#[test]
fn a_page_that_lists_other_corrections() {
    let but = |to: &str| Tiny::new().but(PAGE, LIST, to);
    // In another order, by another path.
    let mut parts: Vec<&str> = LIST.split(['\u{20}']).collect();
    parts.swap(1, 2);
    but(&parts.join(" ")).says(str![[r#"
[claim numbers] src/breakfast/toast.md:55: the page lists other corrections than its figures name
  mend     write *Corrections:* [C000-1](../appendix-corrections.md#C000-1), [S000-1](../appendix-corrections.md#S000-1)
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]).mends();
    but(&LIST.replace("../", "")).mends();
    // What the author says behind it stays, and so does a full stop.
    but(&format!("{LIST}, C000-99. Bread can be cold."))
        .mends()
        .but(PAGE, ". Bread can be cold.", ".");
    but(&format!("{LIST}, C000-99")).says(str![[r#"
[claim numbers] src/breakfast/toast.md:55: the page lists other corrections than its figures name
  mend     write *Corrections:* [C000-1](../appendix-corrections.md#C000-1), [S000-1](../appendix-corrections.md#S000-1)
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]).mends();
}

#[test]
fn a_correction_that_an_author_adds() {
    let page = "\n*Corrections:* [C000-1](appendix-corrections.md#C000-1)\n\n";
    let tiny = || Tiny::new().but(ENTRY, "\nBegin", &format!("{page}Begin"));
    tiny().says("");
    tiny()
        .but(ENTRY, " [C000-1](appendix-corrections.md#C000-1)", "")
        .says(str![[r#"
[claim numbers] src/breakfast.md:10: the page lists corrections, and its figures name none
  mend     delete that paragraph
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}
