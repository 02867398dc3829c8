//! What a compiler, lints and a run say of one block.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

use anyhow::Result;
use book::build::Build;
use book::compile;
use regex::Regex;
use serde::Deserialize;

use crate::blocks::Block;
use crate::confine::{End, Limits, Ran, Walls};

/// The package whose crates a block may use: those that a page may use.
const PACKAGE: &str = "book-tests";

/// Lints beside those that are on by default: what the workspace of the book denies,
/// and what finds a permit, a guard or a task that is dropped at once.
const LINTS: [&str; 5] = [
    "-Wclippy::await_holding_lock",
    "-Wclippy::await_holding_refcell_ref",
    "-Wclippy::let_underscore_future",
    "-Wclippy::let_underscore_must_use",
    "-Wclippy::large_futures",
];

/// How a block is compiled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// It has a `fn main`.
    Program,
    /// It has tests and no `fn main`.
    Tests,
    /// It has functions and types, and nothing that runs.
    Items,
    /// It has statements, and is wrapped in `fn main`, as rustdoc does.
    Wrapped,
}

/// What a compiler or a lint says.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
pub struct Said {
    /// The first line.
    pub message: String,
    /// `error` or `warning`, or a note of its own.
    level: String,
    code: Option<Code>,
    /// All that is said, as a reader sees it.
    pub rendered: Option<String>,
}

#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
struct Code {
    code: String,
}

impl Said {
    /// The number of an error, or the name of a lint.
    pub fn code(&self) -> Option<&str> {
        self.code.as_ref().map(|code| code.code.as_str())
    }

    fn is_error(&self) -> bool {
        self.level.starts_with("error")
    }
}

/// What is found of a block.
#[derive(Debug)]
pub struct Verdict {
    /// How it was compiled.
    pub form: Form,
    /// Why it does not compile: nothing, if it does.
    pub errors: Vec<Said>,
    /// Whether the compiler was ended, or ended itself, and said nothing of the block.
    pub no_verdict: bool,
    /// What lints say.
    pub lints: Vec<Said>,
    /// What it did.
    pub ran: Option<Ran>,
}

/// The tools, the walls and the folder for some blocks.
#[derive(Debug)]
pub struct Judge<'a> {
    /// The crates.
    pub build: &'a Build,
    /// What stands between a program and the machine.
    pub walls: Walls,
    /// What it may use.
    pub limits: Limits,
    /// A folder that others may read.
    pub scratch: &'a Path,
}

impl Judge<'_> {
    /// Compiles, lints and runs a block.
    ///
    /// # Errors
    ///
    /// When a tool cannot be started.
    pub fn judge(&self, block: &Block) -> Result<Verdict> {
        let name = format!("block{}", block.line);
        let source = self.scratch.join(&name).with_extension("rs");
        let program = self.scratch.join(&name);
        let has = |pattern: &LazyLock<Regex>| pattern.is_match(&block.text);
        let mut form = match (has(&MAIN), has(&TEST)) {
            (true, _) => Form::Program,
            (false, true) => Form::Tests,
            (false, false) => Form::Items,
        };
        fs::write(&source, &block.text)?;
        let (mut errors, mut no_verdict) =
            self.compiles(form, &source, &program)?;
        if form == Form::Items && !errors.is_empty() {
            fs::write(&source, wrapped(&block.text))?;
            let wrapped = self.compiles(Form::Wrapped, &source, &program)?;
            let statements = errors[0].message.starts_with("expected ")
                || errors[0].message.contains("not an item");
            if wrapped.0.is_empty() || statements {
                (errors, no_verdict) = wrapped;
                form = Form::Wrapped;
            } else {
                fs::write(&source, &block.text)?;
            }
        }
        let compiles = errors.is_empty() && !no_verdict;
        let mut verdict = Verdict {
            form,
            errors,
            no_verdict,
            lints: Vec::new(),
            ran: None,
        };
        if compiles {
            verdict.lints = self.lints(form, &source)?;
        }
        let runs = compiles && form != Form::Items && !block.only_checked;
        if runs && self.walls != Walls::None {
            let dir = program.with_extension("world");
            fs::create_dir(&dir)?;
            let ran = self.walls.run(&program, &[], &dir, &self.limits)?;
            verdict.ran = Some(ran);
        }
        Ok(verdict)
    }

    /// The errors, and whether the compiler came to no verdict.
    fn compiles(
        &self,
        form: Form,
        source: &Path,
        program: &PathBuf,
    ) -> Result<(Vec<Said>, bool)> {
        let mut rustc = self.tool("rustc", form, source)?;
        rustc.args(["-Cstrip=debuginfo", "-o"]).arg(program);
        let ran = self.walls.compile(&rustc, self.scratch)?;
        let mut said = said(&ran);
        // The last line counts the others.
        said.retain(|said| {
            said.is_error() && !said.message.starts_with("aborting due to")
        });
        let fails = ran.end != End::Status(0);
        Ok((said.clone(), fails && said.is_empty()))
    }

    fn lints(&self, form: Form, source: &Path) -> Result<Vec<Said>> {
        let mut clippy = self.tool("clippy-driver", form, source)?;
        clippy
            .args(LINTS)
            .arg("--emit=metadata")
            .arg("--out-dir")
            .arg(self.scratch);
        let ran = self.walls.compile(&clippy, self.scratch)?;
        let mut said = said(&ran);
        said.retain(|said| said.code.is_some());
        Ok(said)
    }

    fn tool(&self, tool: &str, form: Form, source: &Path) -> Result<Command> {
        let mut command = compile::tool(self.build, tool, PACKAGE)?;
        command
            .args(["--edition=2024", "--error-format=json"])
            .args(["--crate-name=answer", "-Cdebuginfo=0"])
            .arg(source);
        match form {
            // What a block says of its own kind would count otherwise.
            Form::Program | Form::Wrapped => {
                command.arg("--crate-type=bin");
            }
            Form::Tests => {
                command.arg("--test");
            }
            // What the other blocks use, this one does not.
            Form::Items => {
                command.args(["--crate-type=lib", "-Adead_code"]);
            }
        }
        Ok(command)
    }
}

static MAIN: LazyLock<Regex> = LazyLock::new(|| {
    let main = r"(?m)^\s*(pub\s+)?(async\s+)?fn\s+main\s*(<|\()";
    Regex::new(main).expect("correct pattern")
});

static TEST: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"#\[(\w+::)?test\b").expect("correct pattern")
});

/// As rustdoc wraps what has no `fn main`: attributes of the crate stay outside, and
/// every line keeps its number.
fn wrapped(text: &str) -> String {
    let is_attribute = |line: &&str| line.trim_start().starts_with("#![");
    let attributes: String = text.lines().filter(is_attribute).collect();
    let lines = text.lines().map(|line| match is_attribute(&line) {
        true => "",
        false => line,
    });
    let body = lines.collect::<Vec<_>>().join("\n");
    format!("{attributes}fn main() {{ {body}\n}}\n")
}

fn said(ran: &Ran) -> Vec<Said> {
    let lines = ran.stderr.lines();
    // What is cut off, and what is no diagnostic, such as a word of the linker.
    lines
        .filter_map(|line| serde_json::from_str(line).ok())
        .collect()
}
