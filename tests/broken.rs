//! Does every broken program fail with exactly the text shown?
//!
//! Compiles every `listings/*/broken/*.rs` and compares all that rustc says,
//! line numbers included, with the `.stderr` beside it.

use book::expect as verify;
use book::listings::Kind;
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Trial};

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let shelf = Shelf::of_the_book()?;
    let mut trials = Vec::new();
    for section in &shelf.workspace.sections {
        for listing in &section.listings {
            if listing.kind == Kind::Broken {
                trials.push(Trial::test(listing.name.clone(), || {
                    Ok(verify::fails(shelf, section, listing)?)
                }));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}
