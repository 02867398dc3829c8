//! Do the executors and timers of the book hold under every kind of load?
//!
//! Each listing is tested with a harness from `tests/models`: thousands of tasks,
//! panics, wakers that come late, under shuttle hundreds of schedules, and under
//! loom every order that the memory may show. A harness that could not fail would
//! prove nothing: each is also run on the listing with a fault in it, and must find
//! it. The faults stand beside it, in `NAME.txt`.

use std::path::Path;

use anyhow::Context;
use book::model::{Way, cases};
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Trial};
use snapbox::file;

/// The ledger shows what the harness says of this fault.
const SHOWN: &str = "mini_executor::that_its_tasks_own";

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let shelf = Shelf::of_the_book(false)?;
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let cases = cases(&here.join("models"), &[Way::Model])?;
    let shown = cases.iter().find(|case| case.name == SHOWN).cloned();
    let shown = shown.with_context(|| format!("no test is called {SHOWN}"))?;
    let mut trials = vec![Trial::test("what the ledger shows", move || {
        let stderr = shown.done(shelf)?.stderr;
        // Without the name of a file that nobody has.
        let at = stderr.rfind("assertion").unwrap_or_default();
        let kept = file!["checkers/red/model.txt"];
        snapbox::assert_data_eq!(&stderr[at..], kept.raw());
        Ok(())
    })];
    trials.extend(cases.into_iter().map(|case| {
        Trial::test(case.name.clone(), move || Ok(case.test(shelf)?))
    }));
    libtest_mimic::run(&arguments, trials).exit()
}
