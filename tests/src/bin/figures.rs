//! `cargo figures`: records every figure of the book again, and draws every
//! plot from its measurement.
//!
//! A recording of threads differs each time; it is made anew only when its
//! listing is named: `cargo figures NAME`.

use anyhow::{Result, bail};
use book_tests::book::Book;
use book_tests::shelf::Shelf;
use book_tests::workspace::replace;

fn main() -> Result<()> {
    let named: Vec<String> = std::env::args().skip(1).collect();
    let shelf = Shelf::of_the_book()?;
    let book = Book::load(&shelf.workspace.root)?;
    let figures = shelf.figures(&book)?;
    for name in &named {
        if !figures.iter().any(|figure| figure.listing.name == *name) {
            bail!("no page shows a figure of a listing called `{name}`");
        }
    }
    for figure in figures {
        let name = &figure.listing.name;
        let again = named.contains(name);
        if named.is_empty() || again {
            let recording = figure.renew(shelf, again)?;
            println!("{name}: {} events", recording.events.len());
        }
    }
    if named.is_empty() {
        for measured in shelf.workspace.plots() {
            let root = &shelf.workspace.root;
            let drawing = measured.draw(root)?;
            replace(&root.join(measured.fragment()), &drawing)?;
            println!("{}: drawn from its measurement", measured.listing.name);
        }
    }
    Ok(())
}
