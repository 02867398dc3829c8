//! Recording a listing for the figure that a page shows of it.
//!
//! A page asks for a figure by including `NAME.figure.html`, which stands
//! beside the listing with `NAME.trace`, the recording it is drawn from.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use recorder::Recording;

use crate::book::Book;
use crate::shelf::Shelf;
use crate::workspace::{Listing, Section, file_name};

/// A figure that a page shows.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    /// The section of the listing.
    pub section: &'a Section,
    /// The listing that is recorded.
    pub listing: &'a Listing,
}

impl Shelf {
    /// The figures that the pages include.
    ///
    /// # Errors
    ///
    /// When a page includes a figure of no listing.
    pub fn figures(&self, book: &Book) -> Result<Vec<Figure<'_>>> {
        let mut figures = Vec::new();
        for page in &book.pages {
            for include in &page.includes {
                let name = file_name(&include.path);
                let Some(name) = name.strip_suffix(".figure.html") else {
                    continue;
                };
                let found =
                    self.workspace.sections.iter().find_map(|section| {
                        let listing =
                            section.listings.iter().find(|l| l.name == name)?;
                        Some(Figure { section, listing })
                    });
                figures.push(found.with_context(|| {
                    let at = page.at(include.line);
                    format!("{at}: no listing is called `{name}`")
                })?);
            }
        }
        Ok(figures)
    }
}

impl Figure<'_> {
    /// The committed recording, relative to the root.
    pub fn trace(&self) -> PathBuf {
        self.listing.source.with_extension("trace")
    }

    /// The committed fragment, relative to the root.
    pub fn fragment(&self) -> PathBuf {
        self.listing.source.with_extension("figure.html")
    }

    /// Runs the listing once more and returns what its tasks did.
    ///
    /// # Errors
    ///
    /// When the listing cannot be compiled with the recorder in Tokio's place,
    /// or does not end with success.
    pub fn record(&self, shelf: &Shelf) -> Result<Recording> {
        let program = self.program(shelf)?;
        let name = &self.listing.name;
        let file =
            program.with_extension(format!("{}.trace", std::process::id()));
        let output = Command::new(&program)
            .env_clear()
            .env("RECORD_TO", &file)
            .env("RECORD_OF", self.listing.source.as_os_str())
            .current_dir(&shelf.workspace.root)
            .output()
            .with_context(|| format!("cannot run {}", program.display()))?;
        if !output.status.success() {
            bail!(
                "the recorded run of `{name}` failed:\n{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        let recording = Recording::read(&file);
        fs::remove_file(&file)?;
        Ok(recording?)
    }

    /// The listing, compiled with the recorder in Tokio's place.
    fn program(&self, shelf: &Shelf) -> Result<PathBuf> {
        let build = &shelf.build;
        let name = &self.listing.name;
        let folder = build.profile_dir.join("recordings");
        fs::create_dir_all(&folder)?;
        let program =
            folder.join(name).with_extension(env::consts::EXE_EXTENSION);
        let source = shelf.workspace.root.join(&self.listing.source);
        let recorder = build.library("recorder")?;
        if newer(&program, &[&source, recorder]) {
            return Ok(program);
        }
        let wrapper = folder.join(format!("{name}.rs"));
        let text = format!(
            "#[macro_use]\nextern crate recorder;\ninclude!({:?});\n",
            source
        );
        fs::write(&wrapper, text)?;
        let mut command = Command::new("rustc");
        command
            .current_dir(&shelf.workspace.root)
            .args(["--edition=2024", "--crate-type=bin", "--color=never"])
            .arg("-L")
            .arg(build.profile_dir.join("deps"));
        for library in build.externs(&self.section.name)? {
            if library.name != "tokio" {
                let path = library.path.display();
                command.arg(format!("--extern={}={path}", library.name));
            }
        }
        for name in ["recorder", "tokio"] {
            let path = recorder.display();
            command.arg(format!("--extern={name}={path}"));
        }
        let output = command.arg(&wrapper).arg("-o").arg(&program).output()?;
        if !output.status.success() {
            bail!(
                "`{name}` cannot be recorded: it does not compile with the \
                 recorder in Tokio's place.\n{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(program)
    }
}

/// Whether `made` is there and newer than all it is made from.
fn newer(made: &Path, from: &[&Path]) -> bool {
    let time = |path: &Path| -> Option<SystemTime> {
        fs::metadata(path).and_then(|meta| meta.modified()).ok()
    };
    time(made).is_some_and(|made| {
        from.iter()
            .all(|from| time(from).is_some_and(|from| from < made))
    })
}
