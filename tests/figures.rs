//! Is every figure the recording of its listing, or drawn from its measurement?
//!
//! Records each listing that a page shows a figure of, and compares the
//! recording and the drawing with the committed ones, byte by byte. A plot is
//! drawn again, and its listing must still print the table that was measured.

use std::fs;

use anyhow::{Context, Result, bail};
use book_tests::book::Book;
use book_tests::figure::Figure;
use book_tests::shelf::Shelf;
use libtest_mimic::{Arguments, Trial};

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let shelf = Shelf::of_the_book()?;
    let book: &Book = Box::leak(Box::new(Book::load(&shelf.workspace.root)?));
    let mut trials = Vec::new();
    for figure in shelf.figures(book)? {
        let name = figure.listing.name.clone();
        trials.push(Trial::test(name.clone(), move || {
            Ok(is_recorded(shelf, book, figure)?)
        }));
        let repeated = format!("{name}, 200 times");
        trials.push(
            Trial::test(repeated, move || Ok(repeats(shelf, figure)?))
                .with_ignored_flag(true),
        );
    }
    for measured in shelf.workspace.plots() {
        let name = format!("{}, measured", measured.listing.name);
        trials
            .push(Trial::test(name, move || Ok(measured.verify(shelf, book)?)));
    }
    libtest_mimic::run(&arguments, trials).exit()
}

fn is_recorded(shelf: &Shelf, book: &Book, figure: Figure<'_>) -> Result<()> {
    let recording = figure.record(shelf)?;
    let name = &figure.listing.name;
    let drawing = figures::draw(name, &recording);
    for (file, now) in [
        (figure.trace(), recording.to_text()),
        (figure.fragment(), drawing),
    ] {
        let path = shelf.workspace.root.join(&file);
        let committed = fs::read_to_string(&path).unwrap_or_default();
        if committed != now {
            let difference = committed
                .lines()
                .zip(now.lines())
                .position(|(a, b)| a != b)
                .unwrap_or_else(|| {
                    committed.lines().count().min(now.lines().count())
                });
            bail!(
                "{}:{}: is not what `{name}` does now\n\n  \
                 program  {}\n  shown in {}\n  \
                 accept   cargo figures\n",
                file.display(),
                difference + 1,
                figure.listing.source.display(),
                book.showing(&figure.fragment()).join(", "),
            );
        }
    }
    Ok(())
}

fn repeats(shelf: &Shelf, figure: Figure<'_>) -> Result<()> {
    let first = figure.record(shelf)?;
    for run in 2..=200 {
        let again = figure.record(shelf)?;
        if again != first {
            let event = first
                .events
                .iter()
                .zip(&again.events)
                .position(|(a, b)| a != b);
            let event = event.context("one recording is longer")?;
            bail!("run {run} differs from the first at event {event}");
        }
    }
    Ok(())
}
