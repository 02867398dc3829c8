//! Do pages, listings, commands, links and claims belong together?
//!
//! A test for each rule of `book::check`. With `SNAPSHOTS=overwrite`, what a
//! rule knows is written into the pages. One test of a test stands here, because
//! it needs the whole book: does the rule `numbers` notice each wrong number?

use std::process::ExitCode;

use anyhow::{Result, ensure};
use book::check::{Context, RULES, Shown, bound};
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
    let trials = RULES.iter().map(|&(name, rule)| {
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
    let times_three = Trial::test("numbers times three", || {
        Ok(numbers_times_three(context)?)
    });
    // The longest comes first.
    let trials = [times_three].into_iter().chain(trials).collect();
    libtest_mimic::run(&arguments, trials).exit_code()
}

/// The book with each of its numbers three times as large, one at a time. A
/// measured one is always found. What a program sets can be, three times as large,
/// another number of the same figure, as the 300 ms of the eggs beside the 100 ms
/// of the tea: these few nobody sees.
fn numbers_times_three(context: &Context) -> Result<()> {
    let (mut measured, mut seen, mut unseen) = (0, 0, Vec::new());
    let shown = Shown::of(context);
    for number in bound(&shown) {
        let digits = number.digits();
        let places = digits.split_once('.').map_or(0, |(_, f)| f.len());
        let value: f64 = digits.parse()?;
        let tripled = format!("{:.places$}", 3.0 * value);
        let red = number.notices(&tripled);
        let place = format!("{}: {digits}", number.place());
        ensure!(red || !number.is_measured(), "{place} was measured");
        measured += usize::from(number.is_measured());
        match red {
            true => seen += 1,
            false if value == 0.0 => {}
            false => unseen.push(place),
        }
    }
    ensure!(
        measured > 0 && seen >= 8 * unseen.len(),
        "{seen} are seen, {measured} of them measured; not: {unseen:#?}"
    );
    Ok(())
}
