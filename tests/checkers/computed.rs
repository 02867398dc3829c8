//! Faults that no text in `faults` can hold: they are long, or computed, or no
//! text.

use book::fault::{self, Edit, Fault, mend};
use snapbox::{file, str};

use crate::edits::{ENTRY, PAGE, TOAST};
use crate::tiny::Tiny;

#[test]
fn an_entry_with_other_minutes() {
    Tiny::new()
        .but(ENTRY, "toast.md), 1 min", "toast.md), 0 min")
        .says(file!["red/page-rule.txt"])
        .mends();
    let words = "many ".repeat(210);
    Tiny::new()
        .show(&words)
        .says(str![[r#"
[minutes] src/breakfast.md:7: src/breakfast/toast.md takes 2 min, and not 1
  mend     write 2 min
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

/// Only the lines that stand open count: the output of the toast is closed.
#[test]
fn minutes_of_code() {
    let line = "    println!(\"toast\");\n";
    let long = format!("fn main() {{\n{}}}\n", line.repeat(40));
    let quiet = long.replace("println!", "let _ = (");
    Tiny::new()
        .with("listings/tiny/examples/toast.stdout", "toast\n".repeat(90))
        .says("")
        .with(TOAST, quiet.replace("(\"toast\")", "\"toast\""))
        .says(str![[r#"
[minutes] src/breakfast.md:7: src/breakfast/toast.md takes 3 min, and not 1
  mend     write 3 min
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

#[test]
fn a_file_that_cannot_be_read() {
    let with = |file: &str| Tiny::new().with(file, b"\xff");
    with("listings/tiny/examples/toast.stderr").says(str![[r#"
[files] listings/tiny/examples/toast.stderr: cannot be read: stream did not contain valid UTF-8
  mend     make it a text in UTF-8, or delete it

"#]]);
    with("tests/external-links.toml").says(str![[r#"
[external links] tests/external-links.toml: stream did not contain valid UTF-8

"#]]);
    with("exercises/tests/boil/solution.rs").says(str![[r#"
[files] exercises/tests/boil/solution.rs: cannot be read: stream did not contain valid UTF-8
  mend     make it a text in UTF-8, or delete it

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
        let mut faults = tiny.faults();
        faults.retain(|(rule, _)| *rule == "repeated");
        fault::said(&faults)
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
    // The first of two blocks that begin alike counts as well.
    let twice = |spoon| {
        let block = |body: &str| format!("impl Pan {{\n    {body}\n}}\n");
        let first = block(&format!("const SPOONS: u8 = {spoon};"));
        format!("{main}\n{first}\n{}", block("const LIDS: u8 = 1;"))
    };
    assert_eq!(said(twice(1), twice(1)), "");
    assert!(said(twice(1), twice(2)).contains("stew.rs: `impl Pan {`"));
}

#[test]
fn a_policy_that_does_not_allow_what_the_pages_do() {
    const HEAD: &str = "theme/head.hbs";
    let old = Tiny::new().read(HEAD);
    let start = old.find(" 'sha256-").expect("a hash");
    let length = old[start + 1..].find(['"', ' ']).expect("its end") + 1;
    let hash = &old[start..start + length];
    Tiny::new().but(HEAD, hash, "").mends();
    Tiny::new()
        .but(
            HEAD,
            "script-src 'self'",
            "script-src 'self' 'sha256-burnt='",
        )
        .says(str![[r#"
[policy] theme/head.hbs: allows 'sha256-burnt=', and no page has such a script
  mend     remove it
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

/// What the author says behind the list of corrections stays when that is
/// written anew, and so does a full stop.
#[test]
fn a_list_of_corrections_with_words_behind_it() {
    let last = "(../appendix-corrections.md#S000-1)";
    let more = format!("{last}, C000-99. Bread can be cold.");
    Tiny::new().but(PAGE, last, &more).mends().but(
        PAGE,
        &format!("{last}. Bread can be cold."),
        "",
    );
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
