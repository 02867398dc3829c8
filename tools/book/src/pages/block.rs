//! A block of code, and the file that it shows.

use std::path::{Path, PathBuf};

use crate::files::End;
use crate::site::Fold;

/// A fenced code block.
#[derive(Clone, Debug)]
pub struct Block {
    /// The line of the opening fence in the page as it is written, from 1.
    pub line: usize,
    /// The words after the backticks.
    pub tags: Vec<String>,
    /// The text between the fences after expansion.
    pub text: String,
    /// What the block shows, where it shows a file and nothing else.
    pub source: Option<Include>,
    /// The figure around it, by its index; none before the page is rendered.
    pub figure: Option<usize>,
    /// The variation that it belongs to on the page, by its index there.
    pub what_if: Option<usize>,
    /// Whether the reader sees it at once.
    pub fold: Fold,
}

/// `{{#include PATH:ANCHOR}}`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Include {
    /// The line in the page, from 1.
    pub line: usize,
    /// The file, relative to the root.
    pub path: PathBuf,
    /// What follows the colon: a line range or the name of an anchor.
    pub part: Option<String>,
}

impl Block {
    /// Whether the block holds Rust.
    pub fn is_rust(&self) -> bool {
        self.tags.first().is_some_and(|tag| tag == "rust")
    }

    /// Whether the block shows this file.
    pub fn shows(&self, file: &Path) -> bool {
        self.source.as_ref().is_some_and(|s| s.path == file)
    }

    /// What kind of file the block shows.
    pub fn end(&self) -> Option<End> {
        End::of(&self.source.as_ref()?.path)
    }

    /// The program the copy button gives: hidden lines lose their mark.
    ///
    /// mdBook hides a line that starts with `# `, as rustdoc does.
    pub fn program(&self) -> String {
        let mut program = String::new();
        for line in self.text.lines() {
            let indent = line.len() - line.trim_start().len();
            let (indent, code) = line.split_at(indent);
            match code.strip_prefix('#') {
                Some("") => {}
                Some(hidden) if hidden.starts_with(' ') => {
                    program.push_str(indent);
                    program.push_str(&hidden[1..]);
                }
                _ => program.push_str(line),
            }
            program.push('\n');
        }
        program
    }
}
