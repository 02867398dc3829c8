//! Links, inside the book and out of it.

use snapbox::str;

use crate::tiny::{PAGE, Tiny};

#[test]
fn a_dead_link() {
    let but = |to| Tiny::new().but(PAGE, "(#toast)", to);
    but("(#taost)").says(str![[r#"
[links] src/breakfast/toast.md:53: the link to `#taost` is dead: breakfast/toast.html has no anchor #taost

"#]]);
    but("(egg.md#egg)").says(str![[r#"
[links] src/breakfast/toast.md:53: the link to `egg.html#egg` is dead: there is no file breakfast/egg.html

"#]]);
    but("(../../../Cargo.toml)").says(str![[r#"
[links] src/breakfast/toast.md:53: the link to `../../../Cargo.toml` is dead: it leaves the folder of the book

"#]]);
    but("(http://127.0.0.1/)").says(str![[r#"
[links] src/breakfast/toast.md:1: `http://127.0.0.1/` is not https
[external links] src/breakfast/toast.md:53: http://127.0.0.1/ is not listed
  mend     open it, and add to tests/external-links.toml the line
"http://127.0.0.1/" = YYYY-MM-DD, or = "not checked yet"

"#]]);
}

#[test]
fn an_anchor_that_stands_twice() {
    Tiny::new().show("<b id=\"toast\">hot</b>").says(str![[r#"
[links] src/breakfast/toast.md:5: 2 elements bear the anchor #toast
  mend     rename one of them

"#]]);
}

const LIST: &str = "tests/external-links.toml";
const LINK: &str = "\"https://example.org/a?b#c\"";

fn out() -> Tiny {
    Tiny::new().show("Go [out](https://example.org/a?b#c).")
}

#[test]
fn a_link_that_leaves_the_book_and_is_not_listed() {
    out()
        .says(str![[r#"
[external links] src/breakfast/toast.md:53: https://example.org/a?b#c is not listed
  mend     open it, and add to tests/external-links.toml the line
"https://example.org/a?b#c" = YYYY-MM-DD, or = "not checked yet"

"#]])
        .with(LIST, format!("{LINK} = 2026-11-21\n"))
        .says("")
        .with(LIST, format!("{LINK} = \"not checked yet\"\n"))
        .says("");
}

#[test]
fn a_list_of_links_that_is_wrong() {
    let list = |text: &str| out().with(LIST, format!("{LINK} = {text}\n"));
    let other = "2026-11-21\n\n\"https://example.org/\" = 2026-11-21";
    list(other).says(str![[r#"
[external links] tests/external-links.toml:3: no page links to https://example.org/
  mend     delete the line
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]).mends();
    list("\"yesterday\"").says(str![[r#"
[external links] tests/external-links.toml:1: "yesterday" is no day
  mend     write YYYY-MM-DD without quotes, or "not checked yet"

"#]]);
    list("2026-13-21").says(str![[r#"
[external links] tests/external-links.toml: TOML parse error at line 1, column 31
  |
1 | "https://example.org/a?b#c" = 2026-13-21
  |                               ^^^^^^^^^^
invalid date, expected month between 01 and 12

"#]]);
    list(&format!("2026-11-21\n{LINK} = 2026-11-21")).says(str![[r#"
[external links] tests/external-links.toml: TOML parse error at line 2, column 1
  |
2 | "https://example.org/a?b#c" = 2026-11-21
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^
duplicate key

"#]]);
    out().with(LIST, b"\xff").says(str![[r#"
[external links] tests/external-links.toml: stream did not contain valid UTF-8

"#]]);
}
