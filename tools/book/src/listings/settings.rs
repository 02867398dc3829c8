//! What a manifest declares about a listing.

use std::collections::BTreeMap;
use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, Unexpected, Visitor};

use crate::draw::plot::Plot;
use crate::variation::WhatIf;

/// `[package.metadata.listings.NAME]`: where a listing departs from the rule
/// that it takes no arguments, succeeds, and prints the same every time.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The arguments after `--`.
    pub args: Vec<String>,
    /// The exit status, by default 0; 128 plus the number for a signal.
    pub exit: i32,
    /// Why `[..]` in what it prints stands for what differs from run to run.
    /// Without a reason, it stands for itself.
    #[serde(deserialize_with = "reason")]
    pub varies: Option<String>,
    /// The listing that prints the same, to the letter. What is kept of it is
    /// then kept of this one, too.
    pub prints: Option<String>,
    /// The listing to which this one is moved. What a reader must change, from
    /// one page to the other, is kept in `NAME.diff`.
    pub becomes: Option<String>,
    /// The listing of another page that this one replaces. What a reader must
    /// change to arrive at this one is kept in `NAME.diff`.
    pub replaces: Option<String>,
    /// The only system on which it runs, as `std::env::consts::OS` names it.
    pub only: Option<String>,
    /// The edition of a broken program, by default that of the workspace.
    pub edition: Option<String>,
    /// What a recording of the listing shows.
    pub recorded: Recorded,
    /// Further runs of the same program, by name.
    pub runs: BTreeMap<String, ExtraRun>,
    /// How the numbers that it prints are drawn.
    pub plot: Option<Plot>,
    /// The program in which its fault is repaired: a listing, or a variation of
    /// one, `NAME.WORD`.
    pub repair: Option<String>,
    /// Why it is right that it fails, or that something in it panics.
    #[serde(deserialize_with = "reason")]
    pub fails: Option<String>,
    /// Where its variations depart from the rule, by word.
    pub whatif: BTreeMap<String, WhatIf>,
}

/// What a recording shows: its lanes.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Recorded {
    /// Futures, poll by poll, in virtual time: the same in every run.
    #[default]
    Tasks,
    /// Threads and their locks, by the clock of a machine: one run of many.
    Threads,
}

/// `[package.metadata.listings.NAME.runs.RUN]`: a second run of a listing,
/// whose outputs are `NAME.RUN.stdout` and `NAME.RUN.stderr`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct ExtraRun {
    /// The arguments after `--`.
    pub args: Vec<String>,
    /// The exit status.
    pub exit: i32,
    /// Why `[..]` in what this run prints stands for what differs.
    #[serde(deserialize_with = "reason")]
    pub varies: Option<String>,
}

/// Reads why a comparison leaves something open: some words, which the ledger
/// shows to the reader.
pub(crate) fn reason<'de, D: Deserializer<'de>>(
    from: D,
) -> Result<Option<String>, D::Error> {
    struct Words;

    impl Visitor<'_> for Words {
        type Value = Option<String>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str(
                "the reason in words, as in `varies = \"times of \
                 the machine\"`",
            )
        }

        fn visit_str<E: Error>(self, words: &str) -> Result<Self::Value, E> {
            match words.contains(char::is_alphabetic) {
                true => Ok(Some(words.to_owned())),
                false => Err(E::invalid_value(Unexpected::Str(words), &self)),
            }
        }
    }

    from.deserialize_str(Words)
}
