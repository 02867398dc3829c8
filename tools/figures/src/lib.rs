//! Draws recordings and measurements as figures of the book.
//!
//! A figure is a fragment of HTML that a page includes: an inline SVG and the
//! same in words or numbers. It needs no script; `theme/trace-player.js` lets
//! the reader step through a recording where scripts run. Colours come from the
//! theme's variables, and what differs has a shape of its own.

pub mod measurement;
pub mod plot;
mod trace;

pub use trace::draw;
