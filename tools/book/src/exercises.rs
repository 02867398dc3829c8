//! The exercises: where they are, and the tests of their starters.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use cargo_metadata::Message;
use cargo_metadata::diagnostic::DiagnosticLevel;

use crate::build::cargo_in;
use crate::files::{End, file_name};
use crate::listings::Workspace;

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
    /// What the files hold.
    texts: BTreeMap<PathBuf, String>,
}

impl Exercise {
    /// Reads `exercises/tests`. An exercise that is not complete is left out,
    /// and noted.
    pub(crate) fn load_all(workspace: &mut Workspace) {
        for dir in workspace.list(Path::new("exercises/tests")) {
            if let Some(exercise) = Exercise::load(workspace, &dir) {
                workspace.exercises.push(exercise);
            }
        }
    }

    fn load(workspace: &mut Workspace, dir: &Path) -> Option<Exercise> {
        let name = file_name(dir);
        let mut texts = BTreeMap::new();
        for file in workspace.list(dir) {
            let is_rust = End::of(&file) == Some(End::Rust);
            if is_rust || file_name(&file) == "starter.stderr" {
                let text = workspace.read(&file);
                texts.insert(file, text);
            } else {
                workspace.fault(
                    &file,
                    "is no part of an exercise; there are main.rs with the \
                     tests, starter.rs, starter.stderr, solution.rs, and \
                     modules of main.rs",
                    "delete it",
                );
            }
        }
        for file in ["main.rs", "starter.rs", "solution.rs"] {
            if !texts.contains_key(&dir.join(file)) {
                let what = format!("the exercise has no {file}");
                workspace.fault(dir, what, "write it, or delete the folder");
                return None;
            }
        }
        let mine = format!(r#"path = "../../mine/{name}.rs""#);
        if !texts.values().any(|text| text.contains(&mine)) {
            workspace.fault(
                &dir.join("main.rs"),
                "the tests do not take the reader's file",
                format!(
                    "with the feature `mine`, the module `attempt` has the \
                     attribute {mine}"
                ),
            );
        }
        let tests = &texts[&dir.join("main.rs")];
        if tests.contains("assert_eq!") || tests.contains("assert_ne!") {
            workspace.fault(
                &dir.join("main.rs"),
                "an assertion says `left` and `right`, and not whose is which",
                "write `exercises::same!(came, expected, \"why\")`",
            );
        }
        Some(Exercise {
            name,
            starter: dir.join("starter.rs"),
            failure: dir.join("starter.stderr"),
            solution: dir.join("solution.rs"),
            texts,
        })
    }

    /// The command that runs the tests on the reader's file.
    pub fn command(&self) -> String {
        format!("cargo exercise {}", self.name)
    }

    /// The files that a page shows.
    pub fn shown(&self) -> [&PathBuf; 3] {
        [&self.starter, &self.failure, &self.solution]
    }

    /// What this file holds, if it is one that a page shows.
    pub fn text(&self, file: &Path) -> Option<&str> {
        let shown = self.shown().into_iter().any(|known| known == file);
        let text = self.texts.get(file).filter(|_| shown);
        text.map(String::as_str)
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
        let mut command = cargo_in(root);
        command
            .args(["test", "--no-run", "--message-format=json"])
            .args(["--features", "exercises/starter"]);
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
