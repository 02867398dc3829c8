//! Does every starter of an exercise fail with exactly the text shown?
//!
//! Compiles the tests of each exercise with its starter, runs them, and compares
//! what they say with `starter.stderr` beside it. That the solutions pass is
//! tested by `cargo test` itself: by default, each exercise is a test of its
//! solution.

use book::exercises::Starters;
use book::expect;
use book::fault::overwrites;
use book::listings::{Workspace, root_of_the_book};
use libtest_mimic::{Arguments, Trial};

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let workspace: &'static Workspace =
        Box::leak(Box::new(Workspace::load(&root_of_the_book())));
    let exercises = &workspace.exercises;
    let starters: &'static Starters =
        Box::leak(Box::new(Starters::build(&workspace.root, exercises)?));
    let trials = exercises.iter().map(|exercise| {
        Trial::test(exercise.name.clone(), || {
            let root = &workspace.root;
            let overwrite = overwrites();
            Ok(expect::starter_fails(root, starters, exercise, overwrite)?)
        })
    });
    libtest_mimic::run(&arguments, trials.collect()).exit()
}
