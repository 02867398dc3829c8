//! Reads, builds, runs and checks the book.
//!
//! The idea of the book is that a page never says what a program does: the
//! program says it. This crate is the part that holds the page to it.
//!
//! | room | what it does |
//! | --- | --- |
//! | [`files`], [`fault`] | how files are called; what is wrong with one |
//! | [`listings`], [`exercises`] | the programs, and what manifests declare |
//! | [`pages`], [`site`] | what is written, and what a reader sees |
//! | [`check`] | the rules between pages, listings, commands and links |
//! | [`mod@build`], [`compile`], [`cpp`] | cargo, rustc and other compilers |
//! | [`memory`] | what need not be done again |
//! | [`shelf`], [`run`], [`expect`] | running a listing, and what it must print |
//! | [`recording`], [`draw::lanes`] | what tasks and threads did, and its drawing |
//! | [`measure`], [`measurement`], [`draw::plot`] | numbers and their drawing |
//! | [`model`] | the parts of a listing, tested under every load |

pub mod build;
pub mod check;
pub mod compile;
pub mod cpp;
pub mod draw;
pub mod exercises;
pub mod expect;
pub mod fault;
pub mod files;
pub mod listings;
pub mod machine;
pub mod measure;
pub mod measurement;
pub mod memory;
pub mod model;
pub mod pages;
pub mod recording;
pub mod run;
pub mod shelf;
pub mod site;
pub mod variation;
