//! Do pages, listings, commands, links and claims belong together?

use std::thread;

use anyhow::Result;
use book::check;
use book::check::playground;
use book::check::repeated as source;
use book::check::theme;
use book::listings::{Workspace, root_of_the_book};
use book::pages::Book;
use book::site::Site;
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
        ("includes", check::includes(&book)),
        ("listings", check::listings(&book, &workspace)),
        ("exercises", check::exercises(&book, &workspace)),
        ("commands", check::commands(&book, &workspace)),
        ("blocks", check::blocks(&book, &workspace)),
        ("recordings", check::recordings(&workspace)),
        ("plots", check::plots(&book, &workspace)),
        ("anatomies", check::anatomies(&book, &site, &workspace)),
        ("hosts", check::hosts(&workspace)),
        ("repeated", source::repeated(&workspace)),
        ("pages", check::pages(&book)),
        ("rendered", check::rendered(&book, &site)),
        ("links", check::links(&book, &site)),
        ("external links", check::external_links(&book, &site)),
        ("corrections", check::corrections(&book, &site)),
        ("playground", playground::offers(&book, &workspace)?),
        ("policy", theme::policy(&site)),
        ("versions", theme::versions(&workspace.root)),
        ("readme", check::readme(&workspace.root)),
    ]
    .map(|(name, faults)| {
        Trial::test(name, move || match faults.as_slice() {
            [] => Ok(()),
            faults => Err(faults.join("\n").into()),
        })
    });
    libtest_mimic::run(&arguments, trials.into()).exit()
}
