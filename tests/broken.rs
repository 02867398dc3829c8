//! Does every broken program fail with exactly the text shown?
//!
//! Compiles every `listings/*/broken/*.rs` and compares all that rustc says,
//! line numbers included, with the `.stderr` beside it.

use book_tests::report::{self, Mode, Shelf};
use book_tests::rustc;
use book_tests::workspace::{Kind, Listing, Section};
use libtest_mimic::{Arguments, Failed, Trial};

fn main() -> anyhow::Result<()> {
    let arguments = Arguments::from_args();
    let shelf = Shelf::open()?;
    let mut trials = Vec::new();
    for section in &shelf.workspace.sections {
        for listing in &section.listings {
            if listing.kind == Kind::Broken {
                trials.push(Trial::test(listing.name.clone(), || {
                    fails(shelf, section, listing)
                }));
            }
        }
    }
    libtest_mimic::run(&arguments, trials).exit()
}

fn fails(
    shelf: &Shelf,
    section: &Section,
    listing: &Listing,
) -> Result<(), Failed> {
    let failed = |what: &str| {
        let command = listing.command();
        report::listing(&shelf.book, listing, &command, "broken", what)
    };
    let root = &shelf.workspace.root;
    let verdict = rustc::compile(root, &shelf.build, section, listing)?;
    if verdict.compiled {
        return Err(failed("it compiles"));
    }
    let recorded = listing.source.with_extension("stderr");
    report::compare(verdict.stderr, &root.join(&recorded), Mode::Exact).map_err(
        |difference| {
            let file = recorded.display();
            failed(&format!("rustc does not say {file}\n{difference}"))
        },
    )
}
