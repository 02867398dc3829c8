//! Judges an assistant's answer: `cargo answer FILE.md`.
//!
//! | room | what it does |
//! | --- | --- |
//! | [`blocks`] | finds the programs in the answer |
//! | [`confine`] | runs what nobody has read, within limits |
//! | [`verdict`] | asks the compiler, the lints, and the program |
//! | [`known`] | finds where the book shows what they say |
//! | [`report`] | prints all of it |

pub mod blocks;
pub mod confine;
pub mod known;
pub mod report;
pub mod verdict;

use std::fs;
use std::path::Path;

use anyhow::Result;
use book::build::Build;

use blocks::Answer;
use confine::{Limits, Walls};
use known::Known;
use report::Report;
use verdict::Judge;

/// Judges each block of an answer.
///
/// All that it writes is in a scratch folder, which is gone afterwards.
///
/// # Errors
///
/// When the answer cannot be read, or a tool cannot be started.
pub fn judge(
    known: &Known,
    build: &Build,
    file: &Path,
    walls: Walls,
    limits: Limits,
) -> Result<Report> {
    let scratch = tempfile::Builder::new().prefix("answer-").tempdir()?;
    // A program that belongs to nobody is found by nobody.
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt;
        let all_may_read = fs::Permissions::from_mode(0o755);
        fs::set_permissions(scratch.path(), all_may_read)?;
    }
    let answer = Answer::read(file, scratch.path())?;
    let judge = Judge {
        build,
        walls,
        limits,
        scratch: scratch.path(),
    };
    let mut verdicts = Vec::new();
    for block in &answer.blocks {
        verdicts.push(judge.judge(block)?);
    }
    Ok(Report::new(&answer, &verdicts, known, &limits))
}
