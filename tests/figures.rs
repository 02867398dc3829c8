//! Is every figure the recording of its listing, or drawn from its measurement?
//!
//! Records each listing that a page shows a figure of, and compares the
//! recording and the drawing with the committed ones, byte by byte. Of threads,
//! where no run is like another, one recording is kept; each of its threads must
//! have done what it does now. A plot is drawn again, and the recorded output of
//! its listing must be the table that was measured.

use anyhow::{Context, Result, bail};
use book::listings::Recorded;
use book::pages::Book;
use book::recording::Figure;
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Trial};
use recorder::Recording;

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let shelf = Shelf::of_the_book()?;
    let book: &Book = Box::leak(Box::new(Book::load(&shelf.workspace.root)?));
    let mut trials = Vec::new();
    let root = &shelf.workspace.root;
    for measured in shelf.workspace.plots() {
        let name = format!("{}, measured", measured.listing.name);
        trials
            .push(Trial::test(name, move || Ok(measured.verify(root, book)?)));
    }
    for figure in shelf.figures(book)? {
        let name = figure.listing.name.clone();
        trials.push(Trial::test(name.clone(), move || {
            Ok(is_recorded(shelf, book, figure)?)
        }));
        if figure.recorded() == Recorded::Threads {
            continue;
        }
        let repeated = format!("{name}, 200 times");
        trials.push(
            Trial::test(repeated, move || {
                let first = figure.record(shelf)?;
                Ok(repeats(shelf, figure, &first, 199)?)
            })
            .with_ignored_flag(true),
        );
    }
    libtest_mimic::run(&arguments, trials).exit()
}

fn is_recorded(shelf: &Shelf, book: &Book, figure: Figure<'_>) -> Result<()> {
    let recording = figure.record(shelf)?;
    figure.compare(&shelf.workspace.root, book, &recording)?;
    match figure.recorded() {
        Recorded::Tasks => repeats(shelf, figure, &recording, 10),
        Recorded::Threads => Ok(()),
    }
}

/// Whether as many more recordings are the same as the first.
fn repeats(
    shelf: &Shelf,
    figure: Figure<'_>,
    first: &Recording,
    times: u32,
) -> Result<()> {
    for run in 1..=times {
        let again = figure.record(shelf)?;
        if again != *first {
            let event = first
                .events
                .iter()
                .zip(&again.events)
                .position(|(a, b)| a != b);
            let event = event.context("one recording is longer")?;
            bail!("repetition {run} differs from the first at event {event}");
        }
    }
    Ok(())
}
