//! Checks the links of a site, or of a folder of HTML.
//!
//! [`crawl`] decides what is fetched and when; a [`Fetch`] fetches; [`links`]
//! reads what came, on Rayon's threads; the [`Report`] says what is broken.

mod cpu;
mod crawl;
pub mod demo;
mod fault;
mod fetch;
mod folder;
mod hosts;
mod paper;
mod parse;
mod plan;
mod report;
mod retry;
mod signals;

pub use cpu::on_rayon;
pub use crawl::{Control, Counts, Options, crawl};
pub use fault::{Class, Fault};
pub use fetch::{Fetch, Limits, Page, Web};
pub use folder::Folder;
pub use hosts::{Hosts, Job};
pub use paper::Paper;
pub use parse::{Found, links};
pub use plan::MAX_URLS;
pub use report::{Problem, Report};
pub use reqwest::Url;
pub use retry::Retry;
pub use signals::Signals;
