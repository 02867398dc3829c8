//! Draws recordings and measurements as fragments that a page includes.
//!
//! A drawing is a fragment of HTML: an inline SVG and the same in words or
//! numbers. It needs no script; `theme/trace-player.js` lets the reader step
//! through a recording where scripts run. Colours come from the theme's
//! variables, and what differs has a shape of its own.

pub mod lanes;
pub mod plot;

/// The text as HTML shows it.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// A line, or a shape made of some.
fn path(class: &str, d: &str) -> String {
    match class {
        "" => format!("<path d=\"{d}\"/>"),
        class => format!("<path class=\"{class}\" d=\"{d}\"/>"),
    }
}
