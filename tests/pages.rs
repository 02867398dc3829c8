//! Do pages, listings, commands, links and claims belong together?
//!
//! A test for each rule of `book::check`. With `SNAPSHOTS=overwrite`, what a
//! rule knows is written into the pages.

use std::process::ExitCode;

use book::check::{Context, RULES};
use book::fault::{mend, overwrites, said};
use book::listings::root_of_the_book;
use libtest_mimic::{Arguments, Trial};

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let root = root_of_the_book();
    let context: &'static Context = match Context::load(&root) {
        Ok(context) => Box::leak(Box::new(context)),
        Err(error) => {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    };
    if overwrites() {
        // All at once: an edit must not move the lines of another rule's.
        let faults = RULES.iter().flat_map(|(_, rule)| rule(context)).collect();
        if let Err(error) = mend(&root, faults) {
            eprintln!("{error:#}");
            return ExitCode::FAILURE;
        }
    }
    let trials = RULES.map(|(name, rule)| {
        Trial::test(name, move || {
            let mut faults = rule(context);
            faults.retain(|fault| !overwrites() || fault.edit.is_none());
            let faults = faults.into_iter().map(|fault| (name, fault));
            match said(&faults.collect::<Vec<_>>()) {
                said if said.is_empty() => Ok(()),
                said => Err(said.into()),
            }
        })
    });
    libtest_mimic::run(&arguments, trials.into()).exit_code()
}
