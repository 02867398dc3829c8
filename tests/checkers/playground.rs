//! Which listings a page offers to run elsewhere.

use snapbox::str;

use crate::tiny::{PAGE, TOAST, Tiny};

#[test]
fn a_listing_that_could_run_on_the_playground() {
    Tiny::new().but(PAGE, " data-run", "").says(str![[r#"
[playground] src/breakfast/toast.md:5: the listing `toast` can run on the Playground
  mend     write `data-run` into the tag of its figure
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]).mends();
}

fn refuses(tiny: Tiny, why: &str) {
    let faults = tiny.faults();
    let of_rule = faults.iter().filter(|(rule, _)| *rule == "playground");
    let said: Vec<String> = of_rule.map(|(_, f)| f.to_string()).collect();
    let [said] = said.as_slice() else {
        panic!("one fault, not {said:?}")
    };
    assert!(said.starts_with("src/breakfast/toast.md:5: "), "{said}");
    assert!(said.contains(why), "no `{why}` in: {said}");
}

#[test]
fn a_listing_that_cannot_run_on_the_playground() {
    let uses = |line: &str, why| {
        let line = format!("use {line};\nfn main");
        refuses(Tiny::new().but(TOAST, "fn main", &line), why);
    };
    uses("std::fs", "it uses files");
    uses("std::net::TcpStream", "it uses the network");
    uses("std::process::Command", "it starts other programs");
    uses("tokio::signal", "it waits for a signal");
    uses("std::io::stdin", "it reads standard input");
    uses("std::env::args", "it reads arguments");
    let declares = |line: &str, why| {
        let text = format!("[package.metadata.listings.toast]\n{line}");
        refuses(Tiny::new().declare(&text), why);
    };
    declares("args = [\"hot\"]", "it takes arguments");
    declares("exit = 1", "it ends with status 1");
    declares("varies = \"times\"", "what it prints varies");
    Tiny::new()
        .but(PAGE, "id=\"burnt\"", "id=\"burnt\" data-run")
        .says(str![[r#"
[playground] src/breakfast/toast.md:22: the figure has `data-run`, and the listing `burnt` cannot run on the Playground: it does not compile
  mend     delete the word `data-run`
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]])
        .mends();
}

#[test]
fn a_listing_whose_crates_the_playground_has_not() {
    let with = |dependency: &str| {
        Tiny::new()
            .but(TOAST, "fn main", "use oven::heat;\nfn main")
            .declare(&format!("[dependencies]\n{dependency}"))
    };
    with("oven = \"1.9\"").says("");
    with("oven = \"1.9\"\npan = \"0.3\"").says("");
    with("oven = \"2.0\"").says(str![[r#"
[playground] src/breakfast/toast.md:5: the figure has `data-run`, and the listing `toast` cannot run on the Playground: it needs oven 2.0, and theme/playground-crates.json has 1.2.0
  mend     delete the word `data-run`
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]).mends();
    let hot = "oven = { version = \"1.2\", features = [\"hot\"] }";
    with(hot).says(str![[r#"
[playground] src/breakfast/toast.md:5: the figure has `data-run`, and the listing `toast` cannot run on the Playground: its section enables the feature `hot` of oven, which theme/playground-crates.json has not
  mend     delete the word `data-run`
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
    Tiny::new()
        .but(TOAST, "fn main", "use pan::heat;\nfn main")
        .declare("[dependencies]\npan = \"1\"")
        .says(str![[r#"
[playground] src/breakfast/toast.md:5: the figure has `data-run`, and the listing `toast` cannot run on the Playground: theme/playground-crates.json has no crate pan
  mend     delete the word `data-run`
  accept   SNAPSHOTS=overwrite cargo test --test pages

"#]]);
}

#[test]
fn a_list_of_crates_that_cannot_be_read() {
    Tiny::new()
        .with("theme/playground-crates.json", "{}")
        .says(str![[r#"
[playground] theme/playground-crates.json: is not as it should be: missing field `source` at line 1 column 2

"#]]);
}
