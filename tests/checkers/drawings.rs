//! Plots, recordings and pictures, and where they stand.

use book::draw::lanes;
use book::listings::Workspace;
use book::recording::compare;
use recorder::{Clock, Event, Kind as Deed, Recording};
use snapbox::{file, str};

use crate::tiny::{PAGE, PRACTICE, Tiny};

const FOLDER: &str = "listings/tiny/examples";

fn include(class: &str, end: &str) -> String {
    format!(
        "<figure class=\"{class}\">\n<figcaption>Drawn.</figcaption>\n\
         {{{{#include ../../{FOLDER}/toast.{end}}}}}\n</figure>"
    )
}

#[test]
fn a_recording_that_is_not_complete_or_that_no_page_shows() {
    let drawn = |tiny: Tiny| {
        tiny.with(&format!("{FOLDER}/toast.figure.html"), "<p>hot</p>\n")
    };
    let recorded = |tiny: Tiny| {
        tiny.with(&format!("{FOLDER}/toast.trace"), "\"virtual\"\n")
    };
    drawn(Tiny::new()).says(str![[r#"
[listings] listings/tiny/examples/toast.figure.html: no page shows it
  mend     include it on the page of the listing
[recordings] listings/tiny/examples/toast.trace: is missing
  mend     cargo figures toast

"#]]);
    recorded(Tiny::new()).says(str![[r#"
[recordings] listings/tiny/examples/toast.figure.html: is missing
  mend     cargo figures toast

"#]]);
    drawn(recorded(Tiny::new())).says(str![[r#"
[listings] listings/tiny/examples/toast.figure.html: no page shows it
  mend     include it on the page of the listing
[recordings] listings/tiny/examples/toast.figure.html: is shown in []
  mend     one figure shows it, on the page of the listing, in <figure class="recording">

"#]]);
}

#[test]
fn a_recording_outside_a_figure_of_its_own() {
    let drawing = "<trace-player>\nhot\n</trace-player>\n";
    let tiny = || {
        Tiny::new()
            .with(&format!("{FOLDER}/toast.figure.html"), drawing)
            .with(&format!("{FOLDER}/toast.trace"), "\"virtual\"\n")
    };
    let figure = include("recording", "figure.html");
    tiny().show(&figure).says("");
    let bare = figure.lines().nth(2).expect("the include");
    tiny().show(bare).says(str![[r#"
[rendered] src/breakfast/toast.md: 1 recordings are included, and the reader sees 0
  mend     each stands in a <figure class="recording"> of its own

"#]]);
    tiny()
        .but(PRACTICE, "Back to", &format!("{figure}\n\nBack to"))
        .says(str![[r#"
[recordings] listings/tiny/examples/toast.figure.html: is shown in ["src/breakfast/practice.md"]
  mend     one figure shows it, on the page of the listing, in <figure class="recording">

"#]]);
}

const PLOT: &str = "[package.metadata.listings.toast.plot]\nkind = \"bars\"\n\
                    exact = true";

/// The tiny book whose toast declares a plot, and has been measured.
fn measured() -> Tiny {
    Tiny::new()
        .declare(PLOT)
        .with(&format!("{FOLDER}/toast.data"), "hot\n")
        .with(&format!("{FOLDER}/toast.plot.html"), "<svg>\n</svg>\n")
}

#[test]
fn a_plot_that_its_page_does_not_show() {
    let figure = include("plot", "plot.html");
    measured().show(&figure).says("");
    measured().says(str![[r#"
[listings] listings/tiny/examples/toast.plot.html: no page shows it
  mend     include it on the page of the listing
[plots] listings/tiny/examples/toast.plot.html: is shown in []
  mend     one figure shows it, on the page of the listing, in <figure class="plot">

"#]]);
    measured()
        .but(PRACTICE, "Back to", &format!("{figure}\n\nBack to"))
        .says(str![[r#"
[plots] listings/tiny/examples/toast.plot.html: is shown in ["src/breakfast/practice.md"]
  mend     one figure shows it, on the page of the listing, in <figure class="plot">

"#]]);
    Tiny::new()
        .declare(PLOT)
        .says(str![[r#"
[plots] listings/tiny/examples/toast.data: is missing
  mend     cargo measure toast
[plots] listings/tiny/examples/toast.plot.html: is shown in []
  mend     one figure shows it, on the page of the listing, in <figure class="plot">

"#]]);
}

#[test]
fn a_measurement_of_no_plot() {
    let with =
        |end| Tiny::new().with(&format!("{FOLDER}/toast.{end}"), "hot\n");
    with("data").says(str![[r#"
[plots] listings/tiny/examples/toast.data: toast declares no plot
  mend     delete it, or write [package.metadata.listings.toast.plot] into the manifest

"#]]);
    with("plot.html").says(str![[r#"
[listings] listings/tiny/examples/toast.plot.html: no page shows it
  mend     include it on the page of the listing
[plots] listings/tiny/examples/toast.plot.html: toast declares no plot
  mend     delete it, or write [package.metadata.listings.toast.plot] into the manifest

"#]]);
}

#[test]
fn a_plot_that_is_declared_wrongly() {
    let declare = |line: &str| {
        Tiny::new().declare(&format!(
            "[package.metadata.listings.toast.plot]\nkind = \"bars\"\n{line}"
        ))
    };
    let said = |tiny: Tiny| tiny.faults()[0].1.to_string();
    assert!(said(declare("log = \"y\"")).contains("a boolean"));
    assert!(said(declare("colour = \"red\"")).contains("colour"));
}

#[test]
fn a_plot_outside_a_figure_of_its_own() {
    let right = include("plot", "plot.html");
    let bare = right.lines().nth(2).expect("the include");
    let both = right.replace(bare, &format!("{bare}\n{bare}"));
    measured()
        .show(&right.replace("\"plot\"", "\"recording\""))
        .says(str![[r#"
[rendered] src/breakfast/toast.md: 1 plots are included, and the reader sees 0
  mend     each stands in a <figure class="plot"> of its own

"#]]);
    measured().show(&both).says(str![[r#"
[rendered] src/breakfast/toast.md: 2 plots are included, and the reader sees 0
  mend     each stands in a <figure class="plot"> of its own
[plots] listings/tiny/examples/toast.plot.html: is shown in ["src/breakfast/toast.md", "src/breakfast/toast.md"]
  mend     one figure shows it, on the page of the listing, in <figure class="plot">

"#]]);
    measured().show(bare).says(str![[r#"
[rendered] src/breakfast/toast.md: 1 plots are included, and the reader sees 0
  mend     each stands in a <figure class="plot"> of its own

"#]]);
    // Drawn by hand, from nothing.
    Tiny::new()
        .show("<figure class=\"plot\">\n<svg>\n</svg>\n</figure>")
        .says(str![[r#"
[rendered] src/breakfast/toast.md: 0 plots are included, and the reader sees 1
  mend     each stands in a <figure class="plot"> of its own

"#]]);
}

#[test]
fn a_picture_that_quotes_what_the_listing_does_not_say() {
    let picture = |of: &str, code: &str| {
        Tiny::new().show(&format!(
            "<figure class=\"anatomy\" data-of=\"{of}\">\n\
             <figcaption>Parts.</figcaption>\n{code}\n</figure>"
        ))
    };
    picture("toast", "<code>fn main()</code>").says("");
    picture("toast", "<code>fn toast()</code>").says(str![[r#"
[anatomies] src/breakfast/toast.md:53: the picture of `toast` quotes `fn toast()`, which does not stand in listings/tiny/examples/toast.rs
  mend     quote it word for word

"#]]);
    picture("toast", "<p>main</p>").says(str![[r#"
[anatomies] src/breakfast/toast.md:53: the picture of `toast` quotes nothing
  mend     what it names stands in <code>

"#]]);
    picture("egg", "<code>fn main()</code>").says(str![[r#"
[anatomies] src/breakfast/toast.md:53: a picture shows the parts of `egg`, which is no listing of this page
  mend     its attribute data-of names one

"#]]);
}

/// A recording of the tiny book's listing, in which it prints `text`.
fn recording(clock: Clock, text: &str) -> Recording {
    let event = |kind| Event {
        at: 0,
        lane: 0,
        line: None,
        kind,
    };
    let (name, text) = ("main".to_owned(), text.to_owned());
    let (begin, end) = match clock {
        Clock::Virtual => (vec![Deed::Polled], Deed::Ready),
        Clock::Wall { .. } => (vec![], Deed::Ended),
    };
    let mut kinds = vec![Deed::Created { name }];
    kinds.extend(begin);
    kinds.extend([Deed::Said { text }, end]);
    Recording {
        clock,
        events: kinds.into_iter().map(event).collect(),
    }
}

/// What is said of the kept recording and drawing, when a run of the listing is
/// `now`.
fn stale(declared: &str, kept: &Recording, now: &Recording) -> String {
    let drawing = lanes::draw("toast", kept);
    let tiny = Tiny::new()
        .declare(declared)
        .with(&format!("{FOLDER}/toast.figure.html"), drawing)
        .with(&format!("{FOLDER}/toast.trace"), kept.to_text())
        .but(PAGE, "It was", &include("recording", "figure.html"));
    let workspace = Workspace::load(tiny.root());
    let listing = workspace.listing("toast").expect("it is there");
    match compare(tiny.root(), listing, now) {
        Ok(()) => String::new(),
        Err(error) => format!("{error:#}"),
    }
}

#[test]
fn a_listing_that_has_changed_since_it_was_recorded() {
    let kept = recording(Clock::Virtual, "toast");
    assert_eq!(stale("", &kept, &kept), "");
    let found = stale("", &kept, &recording(Clock::Virtual, "egg"));
    snapbox::assert_data_eq!(found, file!["red/recording.txt"]);
}

#[test]
fn threads_that_do_something_else_than_was_recorded() {
    let declared =
        "[package.metadata.listings.toast]\nrecorded = \"threads\"\n";
    let wall = |machine: &str| Clock::Wall {
        machine: machine.to_owned(),
    };
    // What it prints and when it does may differ, what it does may not.
    let kept = recording(wall("a laptop"), "toast");
    let mut now = recording(wall("a phone"), "egg");
    assert_eq!(stale(declared, &kept, &now), "");
    now.events.remove(1);
    snapbox::assert_data_eq!(
        stale(declared, &kept, &now),
        str![[r#"
listings/tiny/examples/toast.trace:1: is not what `toast` does now

  program  listings/tiny/examples/toast.rs
  shown in src/breakfast/toast.md:55
  accept   cargo figures toast

"#]]
    );
    let nameless = recording(wall(""), "toast");
    snapbox::assert_data_eq!(
        stale(declared, &nameless, &now),
        str!["listings/tiny/examples/toast.trace:1: names no machine"]
    );
    let tasks = recording(Clock::Virtual, "toast");
    snapbox::assert_data_eq!(
        stale(declared, &tasks, &now),
        str![
            "listings/tiny/examples/toast.trace:1: is no recording of threads"
        ]
    );
}
