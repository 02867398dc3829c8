//! Starters that do not fail as their pages say.

use book::exercises::Starters;
use book::expect::starter_fails;
use book::listings::Workspace;
use snapbox::{file, str};

use crate::edits::BOIL;
use crate::tiny::Tiny;

/// What `starters` says of the starter.
fn said(name: &str, file: &str, from: &str, to: &str) -> String {
    let root = &Tiny::new().but(file, from, to).settle(name);
    let workspace = Workspace::load(root);
    let starters = Starters::build(root, &workspace.exercises);
    let outcome = starters.and_then(|starters| {
        starter_fails(root, &starters, &workspace.exercises[0], false)
    });
    match outcome {
        Ok(()) => String::new(),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn a_starter_that_fails_otherwise_passes_or_does_not_compile() {
    assert_eq!(said("starter-same", BOIL, "1 > 2", "1 > 3"), "");
    let found = said("starter-passes", BOIL, "1 > 2", "2 > 1");
    snapbox::assert_data_eq!(
        found,
        str![[r#"
boil: the starter passes all tests, so there is nothing to do

  starter  exercises/tests/boil/starter.rs
  see it   cargo test --test boil --features exercises/starter

"#]]
    );
    let file = "exercises/tests/boil/starter.stderr";
    let found = said("starter-misquoted", file, "cold", "lukewarm");
    snapbox::assert_data_eq!(found, file!["red/exercise.txt"]);
    let found = said("starter-undefined", BOIL, "1 > 2", "boiling()");
    assert!(found.contains("E0425") && found.contains(BOIL), "{found}");
    let found = said("starter-warned", BOIL, "pub", "fn unused() {}\npub");
    assert!(found.contains("is never used"), "{found}");
}
