//! Do pages, listings, commands, links and claims belong together?

use std::thread;

use anyhow::Result;
use book_tests::book::Book;
use book_tests::html::Site;
use book_tests::playground;
use book_tests::rules;
use book_tests::source;
use book_tests::theme;
use book_tests::workspace::{Workspace, root_of_the_book};
use libtest_mimic::{Arguments, Trial};

fn main() -> Result<()> {
    let arguments = Arguments::from_args();
    let workspace = Workspace::load(&root_of_the_book())?;
    // Rendering takes as long as everything else.
    let (book, site) = thread::scope(|scope| -> Result<_> {
        let site = scope.spawn(|| Site::render(&workspace.root));
        let book = Book::load(&workspace.root)?;
        Ok((book, site.join().expect("rendering does not panic")?))
    })?;
    let trials = [
        ("includes", rules::includes(&book)),
        ("listings", rules::listings(&book, &workspace)),
        ("exercises", rules::exercises(&book, &workspace)),
        ("commands", rules::commands(&book, &workspace)),
        ("blocks", rules::blocks(&book, &workspace)),
        ("recordings", rules::recordings(&workspace)),
        ("plots", rules::plots(&book, &workspace)),
        ("anatomies", rules::anatomies(&book, &site, &workspace)),
        ("hosts", rules::hosts(&workspace)),
        ("repeated", source::repeated(&workspace)),
        ("pages", rules::pages(&book)),
        ("rendered", rules::rendered(&book, &site)),
        ("links", rules::links(&book, &site)),
        ("external links", rules::external_links(&book, &site)),
        ("corrections", rules::corrections(&book, &site)),
        ("playground", playground::offers(&book, &workspace)?),
        ("policy", theme::policy(&site)),
        ("versions", theme::versions(&workspace.root)),
        ("readme", rules::readme(&workspace.root)),
    ]
    .map(|(name, faults)| {
        Trial::test(name, move || match faults.as_slice() {
            [] => Ok(()),
            faults => Err(faults.join("\n").into()),
        })
    });
    libtest_mimic::run(&arguments, trials.into()).exit()
}
