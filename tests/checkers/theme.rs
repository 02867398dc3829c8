//! What the theme and the README say of the book.

use snapbox::str;

use crate::tiny::Tiny;

const HEAD: &str = "theme/head.hbs";
const FOOT: &str = "theme/header.hbs";

#[test]
fn a_policy_that_does_not_allow_what_the_pages_do() {
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

#[test]
fn a_policy_that_allows_too_much() {
    let but = |from, to| Tiny::new().but(HEAD, from, to);
    let found = but("script-src 'self'", "script-src 'self' 'unsafe-inline'");
    assert!(found.faults().iter().all(|(rule, fault)| {
        *rule == "policy" && fault.what.contains("'unsafe-inline'")
    }));
    but("default-src 'none'; ", "").says(str![[r#"
[policy] appendix-corrections.html: its policy allows what no directive names
  mend     begin it with `default-src 'none'`
[policy] appendix-glossary.html: its policy allows what no directive names
  mend     begin it with `default-src 'none'`
[policy] breakfast.html: its policy allows what no directive names
  mend     begin it with `default-src 'none'`
[policy] breakfast/practice.html: its policy allows what no directive names
  mend     begin it with `default-src 'none'`
[policy] breakfast/toast.html: its policy allows what no directive names
  mend     begin it with `default-src 'none'`
[policy] index.html: its policy allows what no directive names
  mend     begin it with `default-src 'none'`
[policy] toc.html: its policy allows what no directive names
  mend     begin it with `default-src 'none'`
[policy] 404.html: its policy allows what no directive names
  mend     begin it with `default-src 'none'`

"#]]);
    but("Content-Security-Policy", "Content").says(str![[r#"
[policy] appendix-corrections.html: has 0 content security policies
  mend     theme/head.hbs gives it one
[policy] appendix-glossary.html: has 0 content security policies
  mend     theme/head.hbs gives it one
[policy] breakfast.html: has 0 content security policies
  mend     theme/head.hbs gives it one
[policy] breakfast/practice.html: has 0 content security policies
  mend     theme/head.hbs gives it one
[policy] breakfast/toast.html: has 0 content security policies
  mend     theme/head.hbs gives it one
[policy] index.html: has 0 content security policies
  mend     theme/head.hbs gives it one
[policy] toc.html: has 0 content security policies
  mend     theme/head.hbs gives it one
[policy] 404.html: has 0 content security policies
  mend     theme/head.hbs gives it one

"#]]);
}

#[test]
fn a_script_that_the_browser_ignores() {
    Tiny::new()
        .show("<b onclick=\"toast()\">hot</b>")
        .says(str![[r#"
[policy] breakfast/toast.html: the browser ignores onclick="toast()"
  mend     listen to the event in a file of theme/

"#]]);
}

#[test]
fn a_version_that_is_not_the_books() {
    Tiny::new()
        .but(FOOT, "1.95.0", "1.94.0")
        .says(str![[r#"
[versions] theme/header.hbs: names version 1.94.0 of rust, and the book has 1.95.0
  mend     write 1.95.0
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
    Tiny::new().but(FOOT, "\"book\"", "\"pan\"").says(str![[r#"
[versions] theme/header.hbs: names pan, which no listing can use
  mend     delete it
[versions] theme/header.hbs: does not name the version of book
  mend     add <b data-version="book">0.1.0</b>

"#]]);
    let locked = "[[package]]\nname = \"oven\"\nversion = \"1.2.0\"\n";
    Tiny::new()
        .but(
            "Cargo.toml",
            "[workspace.p",
            "[workspace.dependencies]\noven = \"1\"\n\n[workspace.p",
        )
        .with("Cargo.lock", locked)
        .says(str![[r#"
[versions] theme/header.hbs: does not name the version of oven
  mend     add <b data-version="oven">1.2.0</b>

"#]]);
}

#[test]
fn a_readme_that_promises_what_nobody_runs() {
    Tiny::new()
        .with(".ci/run", "cargo test --all\n")
        .says(str![[r#"
[readme] .ci/run: has no line `cargo install --locked mdbook@0.5.4`
  mend     write it
[readme] .ci/run: has no line `cargo test`
  mend     write it

"#]]);
}
