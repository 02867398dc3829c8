//! What the tests that verify the book have in common.
//!
//! The idea of the book is that a page never says what a program does: the
//! program says it. This crate is the part that holds the page to it. Each of
//! the tests beside this library answers one question:
//!
//! | test | question |
//! | --- | --- |
//! | `skeptic` | does every `rust` block compile and run as a reader copies it? |
//! | `outputs` | does every program print exactly what its page shows? |
//! | `broken` | does every broken program fail with exactly the text shown? |
//! | `pages` | do pages, listings, commands, links and claims belong together? |
//! | `figures` | is every recording what its listing does now, and every plot what was measured? |
//! | `models` | do the executors and timers hold in thousands of schedules? |
//! | `starters` | does every starter of an exercise fail with exactly the text shown? |
//! | `checkers` | do the tests above notice a fault? |

pub mod book;
pub mod cargo;
pub mod cpp;
pub mod exercise;
pub mod figure;
pub mod html;
pub mod machine;
pub mod measure;
pub mod memory;
pub mod model;
pub mod playground;
pub mod program;
pub mod rules;
pub mod rustc;
pub mod shelf;
pub mod source;
pub mod theme;
pub mod verify;
pub mod workspace;
