//! Messages: what is wrong, where it stands, and how to go on.

use std::fmt::Write;
use std::path::Path;

use anyhow::Result;
use libtest_mimic::Failed;

use crate::book::Book;
use crate::cargo::Build;
use crate::workspace::{Listing, Workspace};

/// All that a test of the listings needs: the listings, the pages that show
/// them, and what cargo has built.
#[derive(Debug)]
pub struct Shelf {
    /// The listings.
    pub workspace: Workspace,
    /// The pages.
    pub book: Book,
    /// The programs and the crates they use.
    pub build: Build,
}

impl Shelf {
    /// Reads and builds the book this crate belongs to.
    ///
    /// The tests share it between threads until the process ends, so it is
    /// never freed.
    ///
    /// # Errors
    ///
    /// When a page or a manifest is faulty, or an example does not compile.
    pub fn open() -> Result<&'static Shelf> {
        let workspace = Workspace::of_the_book()?;
        let shelf = Shelf {
            book: Book::load(&workspace.root)?,
            build: Build::of(&workspace.root)?,
            workspace,
        };
        Ok(Box::leak(Box::new(shelf)))
    }
}

/// The message of a failed listing: the page, the program, the command that
/// shows what it does now, and how to accept that if it is right.
pub fn listing(
    book: &Book,
    listing: &Listing,
    command: &str,
    test: &str,
    what: &str,
) -> Failed {
    let mut text = format!("{}: {what}\n\n", listing.name);
    let source = listing.source.display();
    let pages = book.showing(&listing.source).join(", ");
    let shown = if pages.is_empty() { "no page" } else { &pages };
    let name = &listing.name;
    let _ = writeln!(text, "  program  {source}");
    let _ = writeln!(text, "  shown in {shown}");
    let _ = writeln!(text, "  see it   {command}");
    let _ = writeln!(
        text,
        "  accept   SNAPSHOTS=overwrite cargo test --test {test} -- {name}"
    );
    text.into()
}

/// Compares what a program said with the file that records it.
///
/// A file that does not exist stands for "nothing". With
/// `SNAPSHOTS=overwrite` in the environment the file is written instead.
///
/// # Errors
///
/// The difference, when there is one.
pub fn compare(
    actual: String,
    recorded: &Path,
    mode: Mode,
) -> Result<(), String> {
    use snapbox::data::{Data, DataFormat};

    if actual.is_empty() && !recorded.exists() {
        return Ok(());
    }
    let expected = Data::read_from(recorded, Some(DataFormat::Text));
    let expected = match mode {
        Mode::Exact => expected.raw(),
        Mode::Pattern => expected,
        Mode::Unordered => expected.unordered(),
    };
    snapbox::Assert::new()
        .normalize_paths(false)
        .action_env("SNAPSHOTS")
        .palette(snapbox::report::Palette::plain())
        .try_eq(None, Data::text(actual), expected)
        .map_err(|difference| difference.to_string())
}

/// How strictly a recorded output is compared.
#[derive(Clone, Copy, Debug)]
pub enum Mode {
    /// Every character.
    Exact,
    /// Every character, but `[..]` stands for what differs from run to run.
    Pattern,
    /// As `Pattern`, with the lines in any order.
    Unordered,
}
