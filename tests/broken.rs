//! Does every broken program fail with exactly the text shown?
//!
//! Compiles every `listings/*/broken/*.rs` and compares all that rustc says,
//! line numbers included, with the `.stderr` beside it.

use book::expect;
use book::listings::Kind;
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Trial};

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let shelf = Shelf::of_the_book(false)?;
    let broken = shelf
        .workspace
        .listings()
        .filter(|l| l.kind == Kind::Broken);
    let trials = broken.map(|listing| {
        Trial::test(listing.name.clone(), || Ok(expect::fails(shelf, listing)?))
    });
    libtest_mimic::run(&arguments, trials.collect()).exit()
}
