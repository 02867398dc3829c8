//! Is every figure the recording of its listing, or drawn from its measurement?
//!
//! Records each listing that has a recording, and compares it and its drawing
//! with the committed ones, byte by byte. Of threads, where no run is like
//! another, one recording is kept; each of its threads must have done what it
//! does now. A plot is drawn again, and the kept output of its listing must be
//! the table that was measured.

use anyhow::{Context, Result, bail};
use book::listings::{Listing, Recorded};
use book::recording::{compare, record, recorded};
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Trial};
use recorder::Recording;

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let shelf = Shelf::of_the_book(false)?;
    let workspace = &shelf.workspace;
    let mut trials = Vec::new();
    for measured in workspace.plots() {
        let name = format!("{}, measured", measured.listing.name);
        let verify = move || Ok(measured.verify(workspace)?);
        trials.push(Trial::test(name, verify));
    }
    for listing in recorded(workspace) {
        let name = &listing.name;
        trials.push(Trial::test(name, || Ok(is_recorded(shelf, listing)?)));
        if listing.settings.recorded == Recorded::Threads {
            continue;
        }
        let again = Trial::test(format!("{name}, 200 times"), || {
            let first = record(shelf, listing)?;
            Ok(repeats(shelf, listing, &first, 199)?)
        });
        trials.push(again.with_ignored_flag(true));
    }
    libtest_mimic::run(&arguments, trials).exit()
}

fn is_recorded(shelf: &Shelf, listing: &Listing) -> Result<()> {
    let recording = record(shelf, listing)?;
    compare(&shelf.workspace.root, listing, &recording)?;
    match listing.settings.recorded {
        Recorded::Tasks => repeats(shelf, listing, &recording, 10),
        Recorded::Threads => Ok(()),
    }
}

/// Whether as many more recordings are the same as the first.
fn repeats(
    shelf: &Shelf,
    listing: &Listing,
    first: &Recording,
    times: u32,
) -> Result<()> {
    for run in 1..=times {
        let again = record(shelf, listing)?;
        if again != *first {
            let pairs = first.events.iter().zip(&again.events);
            let event = pairs.clone().position(|(a, b)| a != b);
            let event = event.context("one recording is longer")?;
            bail!("repetition {run} differs from the first at event {event}");
        }
    }
    Ok(())
}
