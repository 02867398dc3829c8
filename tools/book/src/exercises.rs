//! The exercises: where they are, and the tests of their starters.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use cargo_metadata::Message;
use cargo_metadata::diagnostic::DiagnosticLevel;

use crate::build::cargo;
use crate::listings::{children, file_name};

/// One exercise: a folder of `exercises/tests`, which cargo takes for one test.
#[derive(Debug)]
pub struct Exercise {
    /// The name of the folder, of the test and of the anchor in the page.
    pub name: String,
    /// What the reader begins with; it fails. Relative to the root.
    pub starter: PathBuf,
    /// What the tests say of the starter, relative to the root.
    pub failure: PathBuf,
    /// What passes the tests, relative to the root.
    pub solution: PathBuf,
}

impl Exercise {
    /// Reads `exercises/tests` below `root`.
    ///
    /// # Errors
    ///
    /// When a file is missing or unknown, or the tests would not be compiled
    /// with the reader's file.
    pub(crate) fn all(root: &Path) -> Result<Vec<Exercise>> {
        let mut exercises = Vec::new();
        for dir in children(&root.join("exercises/tests"))? {
            let name = file_name(&dir);
            let path = dir.strip_prefix(root)?;
            let mut tests = String::new();
            for file in children(&dir)? {
                let file_name = file_name(&file);
                let is_rust = file_name.ends_with(".rs");
                if !is_rust && file_name != "starter.stderr" {
                    bail!(
                        "{}: is no part of an exercise; there are main.rs with \
                         the tests, starter.rs, starter.stderr, solution.rs, \
                         and modules of main.rs",
                        path.join(file_name).display()
                    );
                }
                if is_rust {
                    tests.push_str(&fs::read_to_string(&file)?);
                }
            }
            for file in ["main.rs", "starter.rs", "solution.rs"] {
                if !dir.join(file).is_file() {
                    bail!("the exercise {} has no {file}", path.display());
                }
            }
            let mine = format!(r#"path = "../../mine/{name}.rs""#);
            if !tests.contains(&mine) {
                bail!(
                    "{}: the tests do not take the reader's file: with the \
                     feature `mine`, the module `attempt` has the attribute \
                     {mine}",
                    path.join("main.rs").display()
                );
            }
            exercises.push(Exercise {
                name,
                starter: path.join("starter.rs"),
                failure: path.join("starter.stderr"),
                solution: path.join("solution.rs"),
            });
        }
        Ok(exercises)
    }

    /// The command that runs the tests on the reader's file.
    pub fn command(&self) -> String {
        format!("cargo exercise {}", self.name)
    }

    /// The files that a page shows.
    pub fn shown(&self) -> [&PathBuf; 3] {
        [&self.starter, &self.failure, &self.solution]
    }
}

/// The tests of each exercise, compiled with the starter, by name.
#[derive(Debug)]
pub struct Starters(pub BTreeMap<String, PathBuf>);

impl Starters {
    /// Builds them, or finds them fresh.
    ///
    /// No package is named: cargo then enables the features of the crates as in
    /// `cargo test`, which has built them.
    ///
    /// # Errors
    ///
    /// When a starter does not compile, or rustc warns of it.
    pub fn build(root: &Path, exercises: &[Exercise]) -> Result<Starters> {
        let mut programs = BTreeMap::new();
        if exercises.is_empty() {
            return Ok(Starters(programs));
        }
        let mut command = Command::new(cargo());
        command
            .args(["test", "--no-run", "--message-format=json"])
            .args(["--features", "exercises/starter"])
            .current_dir(root);
        for exercise in exercises {
            command.args(["--test", &exercise.name]);
        }
        let output = command.output().context("cargo test --no-run")?;
        let mut said = String::new();
        for message in Message::parse_stream(output.stdout.as_slice()) {
            match message? {
                Message::CompilerArtifact(artifact) => {
                    if let Some(program) = artifact.executable
                        && artifact.target.is_test()
                    {
                        programs.insert(artifact.target.name, program.into());
                    }
                }
                Message::CompilerMessage(message)
                    if [DiagnosticLevel::Error, DiagnosticLevel::Warning]
                        .contains(&message.message.level) =>
                {
                    said.push_str(
                        &message.message.rendered.unwrap_or_default(),
                    );
                }
                _ => {}
            }
        }
        if !said.is_empty() || !output.status.success() {
            bail!(
                "every starter compiles without a warning; cargo says:\n{said}{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(Starters(programs))
    }
}
