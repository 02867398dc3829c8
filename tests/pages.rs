//! Do pages, listings, commands, links and claims belong together?
//!
//! A test for each rule of `book::check`. With `SNAPSHOTS=overwrite`, what a
//! rule knows is written into the pages.

use std::process::ExitCode;

use book::check::{Context, RULES};
use book::fault::{mend, overwrites};
use book::listings::root_of_the_book;
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let mut arguments = Arguments::from_args();
    let root = root_of_the_book();
    let context: &'static Context = match Context::load(&root) {
        Ok(context) => Box::leak(Box::new(context)),
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    };
    if overwrites() {
        // Two rules may write into one page.
        arguments.test_threads = Some(1);
    }
    let trials = RULES.map(|(name, rule)| {
        Trial::test(name, move || {
            let mut faults = rule(context);
            if overwrites() {
                faults = mend(&context.workspace.root, faults)?;
            }
            let said: Vec<String> =
                faults.iter().map(ToString::to_string).collect();
            match said.is_empty() {
                true => Ok(()),
                false => Err(said.join("\n").into()),
            }
        })
    });
    libtest_mimic::run(&arguments, trials.into()).exit_code()
}
