//! `cargo figures`: records every figure of the book again, and draws every
//! plot from its measurement.

use std::fs;

use anyhow::Result;
use book_tests::book::Book;
use book_tests::shelf::Shelf;

fn main() -> Result<()> {
    let shelf = Shelf::of_the_book()?;
    let root = &shelf.workspace.root;
    for figure in shelf.figures(&Book::load(root)?)? {
        let recording = figure.record(shelf)?;
        let name = &figure.listing.name;
        let drawing = figures::draw(name, &recording);
        fs::write(root.join(figure.trace()), recording.to_text())?;
        fs::write(root.join(figure.fragment()), drawing)?;
        println!("{name}: {} events", recording.events.len());
    }
    for measured in shelf.workspace.plots() {
        fs::write(root.join(measured.fragment()), measured.draw(root)?)?;
        println!("{}: drawn from its measurement", measured.listing.name);
    }
    Ok(())
}
