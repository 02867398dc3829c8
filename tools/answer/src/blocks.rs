//! The blocks of Rust in an answer, found by skeptic, and what it leaves out.

use std::env;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::LazyLock;

use anyhow::{Context, Result, bail};
use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag};
use regex::Regex;

/// A program, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The line of the answer in which its fence stands.
    pub line: usize,
    /// The text, without the marks that hide a line.
    pub text: String,
    /// Whether the answer says not to run it: `ignore` or `no_run`.
    pub only_checked: bool,
    /// Whether the answer says that it fails: `should_panic` or `compile_fail`.
    pub may_fail: bool,
}

/// An answer, taken apart.
#[derive(Debug, Default)]
pub struct Answer {
    /// What is judged.
    pub blocks: Vec<Block>,
    /// What is not: each with a word for it, and its line.
    pub left_out: Vec<(String, usize)>,
    /// The line of a fence that nothing ends.
    pub unclosed: Option<usize>,
}

/// The variable that tells a copy of this process to extract, and nothing else.
const EXTRACT: &str = "ANSWER_TO_EXTRACT";

/// Does what skeptic does in a build script, if this process was started for that.
///
/// Skeptic gives the blocks in one way: it writes a file of tests. It takes its
/// folders from the environment, talks to cargo on standard output, and panics
/// about what it cannot read. So it has a process of its own.
pub fn extracts() -> bool {
    let file = env::var(EXTRACT);
    if let Ok(file) = &file {
        skeptic::generate_doc_tests(&[file]);
    }
    file.is_ok()
}

impl Answer {
    /// Takes an answer apart, in an empty folder.
    ///
    /// # Errors
    ///
    /// When the file cannot be read, or skeptic refuses it.
    pub fn read(file: &Path, scratch: &Path) -> Result<Answer> {
        let text = fs::read_to_string(file)
            .with_context(|| format!("cannot read {}", file.display()))?;
        // Not the file itself: skeptic would also read what lies beside it.
        let copy = scratch.join("answer.md");
        fs::write(&copy, &text)?;
        let done = Command::new(env::current_exe()?)
            .env(EXTRACT, &copy)
            .env("OUT_DIR", scratch)
            .env("CARGO_MANIFEST_DIR", scratch)
            .env("TARGET", "none")
            .stdout(Stdio::null())
            .output()?;
        if !done.status.success() {
            let said = String::from_utf8_lossy(&done.stderr);
            bail!("skeptic cannot read {}:\n{said}", file.display());
        }
        let tests = fs::read_to_string(scratch.join("skeptic-tests.rs"))?;
        let mut answer = Answer {
            blocks: blocks(&tests)?,
            ..Answer::default()
        };
        answer.look_for_others(&text);
        Ok(answer)
    }

    /// Finds what skeptic leaves out, and what it does not tell.
    fn look_for_others(&mut self, text: &str) {
        for (event, range) in Parser::new(text).into_offset_iter() {
            let Event::Start(Tag::CodeBlock(kind)) = event else {
                continue;
            };
            let line = 1 + text[..range.start].matches('\n').count();
            let of = text[range].trim_end();
            let CodeBlockKind::Fenced(tags) = kind else {
                self.left_out.push(("an indented block".into(), line));
                continue;
            };
            let fence = of.chars().next().unwrap_or('`');
            let last = of.lines().skip(1).last().unwrap_or_default().trim();
            if last.len() < 3 || last.chars().any(|c| c != fence) {
                self.unclosed = Some(line);
            }
            let known = self.blocks.iter_mut().find(|b| b.line == line);
            match known {
                Some(block) => block.may_fail |= tags.contains("compile_fail"),
                None if of.lines().count() < 3 => {}
                None => {
                    let word = match tags.trim() {
                        "" => "a block without a language".to_owned(),
                        tags => format!("a block of {tags}"),
                    };
                    self.left_out.push((word, line));
                }
            }
        }
    }
}

/// The blocks in a file of tests that skeptic has written.
fn blocks(tests: &str) -> Result<Vec<Block>> {
    static NAME: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"_line_([0-9]+)\(\) \{\n$").expect("correct pattern")
    });
    const BEGINS: &str = "    let s = &format!(r####\"\n{}\"####, r####\"";
    const ENDS: &str = "\"####);\n    skeptic::rt::";
    let mut found = Vec::new();
    let mut rest = tests;
    while let Some((before, from)) = rest.split_once("    let s = &format!(") {
        let from = &rest[rest.len() - from.len() - 21..];
        let Some(body) = from.strip_prefix(BEGINS) else {
            bail!("a block is a template of skeptic, which is no Rust");
        };
        let name = NAME.captures(before).context("skeptic names no line")?;
        let (text, after) =
            body.split_once(ENDS).context("skeptic ends no block")?;
        let marks = before.rsplit("\n\n").next().unwrap_or(before);
        found.push(Block {
            line: name[1].parse()?,
            text: text.to_owned(),
            only_checked: marks.contains("#[ignore]")
                || after.starts_with("compile_test"),
            may_fail: marks.contains("#[should_panic]"),
        });
        rest = after;
    }
    Ok(found)
}
