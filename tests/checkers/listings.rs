//! Files of listings, and what manifests declare of them.

use snapbox::str;

use crate::tiny::{MANIFEST, TOAST, Tiny};

#[test]
fn a_stray_file_beside_the_listings() {
    let with = |file: &str| {
        Tiny::new().with(&format!("listings/tiny/{file}"), "egg\n")
    };
    with("examples/egg.stdout").says(str![[r#"
[files] listings/tiny/examples/egg.stdout: belongs to no listing: there is no egg.rs beside it
  mend     delete it, or write the program

"#]]);
    with("examples/toast.png").says(str![[r#"
[files] listings/tiny/examples/toast.png: neither an output (.stdout, .stderr) nor a .diff nor a recording (.trace, .figure.html) nor a measurement (.data, .plot.html)
  mend     delete it

"#]]);
    with("examples/egg.data").says(str![[r#"
[files] listings/tiny/examples/egg.data: belongs to no listing: there is no egg.rs beside it
  mend     delete it, or write the program

"#]]);
    with("cpp/egg.stdout").says(str![[r#"
[files] listings/tiny/cpp/egg.stdout: belongs to no listing: there is no egg.cpp and no egg.c beside it
  mend     delete it, or write the program

"#]]);
}

#[test]
fn a_file_that_cannot_be_read() {
    let with = |file: &str| Tiny::new().with(file, b"\xff");
    with("listings/tiny/examples/toast.stderr").says(str![[r#"
[files] listings/tiny/examples/toast.stderr: cannot be read: stream did not contain valid UTF-8
  mend     make it a text in UTF-8, or delete it

"#]]);
    with("exercises/tests/boil/solution.rs").says(str![[r#"
[files] exercises/tests/boil/solution.rs: cannot be read: stream did not contain valid UTF-8
  mend     make it a text in UTF-8, or delete it

"#]]);
}

#[test]
fn a_manifest_with_an_unknown_word() {
    let declare =
        |text: &str| Tiny::new().declare(&format!("[package.metadata.{text}"));
    declare("listings.egg]\nexit = 1").says(str![[r#"
[files] listings/tiny/Cargo.toml: declares the listing `egg`, but there is neither examples/egg.rs nor broken/egg.rs nor a program cpp/egg
  mend     delete the declaration, or write the program

"#]]);
    declare("listings.toast]\nexti = 1").says(str![[r#"
[files] listings/tiny/Cargo.toml: TOML parse error at line 9, column 1
  |
9 | exti = 1
  | ^^^^
unknown field `exti`, expected one of `args`, `exit`, `varies`, `prints`, `becomes`, `replaces`, `only`, `edition`, `recorded`, `runs`, `plot`, `repair`, `whatif`

"#]]);
    declare("listing.toast]\nexit = 7").says(str![[r#"
[files] listings/tiny/Cargo.toml: TOML parse error at line 8, column 19
  |
8 | [package.metadata.listing.toast]
  |                   ^^^^^^^
unknown field `listing`, expected `listings`

"#]]);
    declare("listings.burnt]\nexit = 7").says(str![[r#"
[files] listings/tiny/Cargo.toml: TOML parse error at line 8, column 28
  |
8 | [package.metadata.listings.burnt]
  |                            ^^^^^
duplicate key
[repairs] listings/tiny/broken/burnt.rs: names no program in which its fault is repaired
  mend     declare [package.metadata.listings.burnt] repair = "OTHER" or "burnt.WORD"

"#]]);
    Tiny::new()
        .but(MANIFEST, "\"tiny\"", "\"tidy\"")
        .says(str![[r#"
[files] listings/tiny/Cargo.toml: the package is called `tidy`
  mend     call it `tiny`, as its folder

"#]]);
}

#[test]
fn an_exercise_that_lacks_a_file_or_has_one_too_many() {
    let with = |file: &str| Tiny::new().with(file, "hot\n");
    with("exercises/tests/boil/notes.txt").says(str![[r#"
[files] exercises/tests/boil/notes.txt: is no part of an exercise; there are main.rs with the tests, starter.rs, starter.stderr, solution.rs, and modules of main.rs
  mend     delete it

"#]]);
    with("exercises/tests/bake/main.rs").says(str![[r#"
[files] exercises/tests/bake: the exercise has no starter.rs
  mend     write it, or delete the folder

"#]]);
    Tiny::new()
        .but("exercises/tests/boil/main.rs", "mine/boil", "mine/bake")
        .says(str![[r#"
[files] exercises/tests/boil/main.rs: the tests do not take the reader's file
  mend     with the feature `mine`, the module `attempt` has the attribute path = "../../mine/boil.rs"

"#]]);
}

#[test]
fn an_output_that_leaves_a_line_open() {
    Tiny::new()
        .with("listings/tiny/examples/toast.stdout", "[..]\n")
        .says(str![[r#"
[outputs] listings/tiny/examples/toast.stdout:1: a whole line is left open
  mend     `[..]` stands for a part of a line that differs from run to run

"#]]);
}

#[test]
fn a_listing_that_calls_another_host() {
    Tiny::new()
        .but(TOAST, "\"toast\"", "\"http://example.org/\"")
        .says(str![[r#"
[hosts] listings/tiny/examples/toast.rs: names the host example.org
  mend     a listing starts its own server on 127.0.0.1

"#]]);
}

#[test]
fn a_helper_that_is_not_the_same_in_two_listings() {
    let stir = |spoon: u8| format!("fn stir() -> u8 {{\n    {spoon}\n}}\n");
    let main = "// ANCHOR: shown\nfn main() {}\n// ANCHOR_END: shown\n";
    let hidden = |spoon| format!("{main}\n{}", stir(spoon));
    let said = |soup: String, stew: String| -> String {
        let folder = "listings/tiny/examples";
        let tiny = Tiny::new()
            .with(&format!("{folder}/soup.rs"), soup)
            .with(&format!("{folder}/stew.rs"), stew);
        let faults = tiny.faults().into_iter();
        let of_rule = faults.filter(|(rule, _)| *rule == "repeated");
        of_rule.map(|(rule, f)| format!("[{rule}] {f}\n")).collect()
    };
    assert_eq!(said(hidden(1), hidden(1)), "");
    let stew = str![[r#"
[repeated] listings/tiny/examples/stew.rs: `fn stir() -> u8 {` is hidden, and not the same as in listings/tiny/examples/soup.rs; a reader who has seen one of them takes it for the other
  mend     make them equal, or give one another name

"#]];
    snapbox::assert_data_eq!(said(hidden(1), hidden(2)), stew);
    // Whoever hides it is named, whichever comes first.
    assert!(said(stir(1), hidden(2)).contains("stew.rs: `fn stir"));
    assert!(said(hidden(2), stir(1)).contains("soup.rs: `fn stir"));
    // What both show, a reader can compare.
    assert_eq!(said(stir(1), stir(2)), "");
}
