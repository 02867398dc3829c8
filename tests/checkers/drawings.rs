//! Recordings that are not those of their listings.

use book::draw::lanes;
use book::listings::Workspace;
use book::recording::compare;
use recorder::{Clock, Event, Kind as Deed, Recording};
use snapbox::{file, str};

use crate::edits::PAGE;
use crate::tiny::Tiny;

const FOLDER: &str = "listings/tiny/examples";

const FIGURE: &str = "<figure class=\"recording\">\n<figcaption>Drawn.\
                      </figcaption>\n{{#include \
                      ../../listings/tiny/examples/toast.figure.html}}\n\
                      </figure>";

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
        .but(PAGE, "It was", FIGURE);
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
