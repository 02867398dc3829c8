//! Words and places in a plot.

use crate::draw::escape;

/// The width of a plot. A phone shows it as wide as this, so that the texts are
/// as large as the style says; a desktop may show it somewhat larger.
pub(super) const WIDTH: f64 = 360.0;
/// The width of one character of a label, and the space beside it.
pub(super) const GLYPH: f64 = 8.0;
/// From one line of text to the next.
pub(super) const LINE: f64 = 20.0;

pub(super) fn title(name: &str, log: bool, y: f64) -> String {
    let note = if log { ", log scale" } else { "" };
    text("title", 0.0, y + 14.0, &format!("{name}{note}")) + "\n"
}

pub(super) fn text(class: &str, x: f64, y: f64, words: &str) -> String {
    let (x, y, words) = (px(x), px(y), escape(words));
    let class = match class {
        "" => String::new(),
        class => format!(" class=\"{class}\""),
    };
    format!("<text{class} x=\"{x}\" y=\"{y}\">{words}</text>")
}

pub(super) fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    let longest = texts.map(|text| text.chars().count()).max().unwrap_or(0);
    longest as f64 * GLYPH
}

/// A place, to a tenth of a pixel.
pub(super) fn px(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}
