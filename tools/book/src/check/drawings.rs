//! The drawings of listings stand beside them, and on their pages.

use std::path::Path;

use super::Context;
use crate::fault::Fault;
use crate::files::End;
use crate::listings::Listing;
use crate::site::{Shows, words};

/// A listing that declares a plot has a measurement and its drawing, which the
/// page of the listing shows; no other listing has either.
pub(super) fn plots(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for listing in context.workspace.listings() {
        let name = &listing.name;
        let files = [End::Data, End::Plot].map(|end| listing.file(end));
        if listing.settings.plot.is_some() {
            let [data, drawing] = files;
            if listing.text_of(&data).is_none() {
                let mend = format!("cargo measure {name}");
                faults.push(Fault::new(data.display(), "is missing", mend));
            }
            faults.extend(elsewhere(context, listing, &drawing, "plot"));
            continue;
        }
        for file in files.iter().filter(|f| listing.text_of(f).is_some()) {
            faults.push(Fault::new(
                file.display(),
                format!("{name} declares no plot"),
                format!(
                    "delete it, or write [package.metadata.listings.{name}.plot] \
                     into the manifest"
                ),
            ));
        }
    }
    faults
}

/// A listing that is recorded has a drawing, which its page shows.
pub(super) fn recordings(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for listing in context.workspace.listings() {
        let kept = [End::Trace, End::Lanes];
        match kept.map(|end| listing.kept(end).is_some()) {
            [false, false] => {}
            [true, true] => {
                let drawing = listing.file(End::Lanes);
                let place = elsewhere(context, listing, &drawing, "recording");
                faults.extend(place);
            }
            [trace, _] => faults.push(Fault::new(
                listing.file(kept[usize::from(trace)]).display(),
                "is missing",
                format!("cargo figures {}", listing.name),
            )),
        }
    }
    faults
}

/// Whether a drawing is shown by anything but one figure on the listing's page.
fn elsewhere(
    context: &Context,
    listing: &Listing,
    drawing: &Path,
    class: &str,
) -> Option<Fault> {
    let pages = |file: &Path| -> Vec<&Path> {
        let pages = context.book.pages.iter().flat_map(|page| {
            let includes = page.includes.iter();
            let those = includes.filter(|i| i.path == file);
            those.map(|_| page.path.as_path())
        });
        pages.collect()
    };
    let (shown, drawn) = (pages(&listing.source), pages(drawing));
    let right = drawn.len() == 1 && shown.contains(&drawn[0]);
    (!right).then(|| {
        Fault::new(
            drawing.display(),
            format!("is shown in {drawn:?}"),
            format!(
                "one figure shows it, on the page of the listing, in \
                 <figure class=\"{class}\">"
            ),
        )
    })
}

/// How many parts the theme lays out in a ring.
const RING: usize = 5;

/// A picture of a listing's parts stands on the page of the listing, has as many
/// parts as the ring of the theme, and quotes the listing word for word.
pub(super) fn anatomies(context: &Context) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (page, figure) in context.figures(Shows::Anatomy) {
        let at = page.at(figure.line);
        let of = &figure.of;
        let here = page
            .figures
            .iter()
            .any(|f| f.shows == Shows::Listing && f.id == *of);
        let listing = context.workspace.listing(of).filter(|_| here);
        let Some(listing) = listing else {
            faults.push(Fault::new(
                at,
                format!(
                    "a picture shows the parts of `{of}`, which is no listing \
                     of this page"
                ),
                "its attribute data-of names one",
            ));
            continue;
        };
        if figure.items != RING {
            let parts = figure.items;
            let what = format!("the picture of `{of}` has {parts} parts");
            let mend =
                format!("its <ol> has {RING} <li>: the theme draws a ring");
            faults.push(Fault::new(&at, what, mend));
        }
        if figure.quotes.is_empty() {
            let what = format!("the picture of `{of}` quotes nothing");
            let mend = "what it names stands in <code>";
            faults.push(Fault::new(&at, what, mend));
        }
        let text = words(&listing.text);
        for quote in figure.quotes.iter().filter(|q| !text.contains(*q)) {
            faults.push(Fault::new(
                &at,
                format!(
                    "the picture of `{of}` quotes `{quote}`, which does not \
                     stand in {}",
                    listing.source.display()
                ),
                "quote it word for word",
            ));
        }
    }
    faults
}
