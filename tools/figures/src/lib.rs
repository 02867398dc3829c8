//! Draws recordings as figures of the book.
//!
//! A figure is a fragment of HTML that a page includes: an inline SVG and the
//! same steps in words. It needs no script; `theme/trace-player.js` lets the
//! reader step through it where scripts run. Colours come from the theme's
//! variables, and each state has a shape of its own.

mod trace;

pub use trace::draw;
