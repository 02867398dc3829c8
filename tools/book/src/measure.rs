//! Measuring a listing for the plot that its page shows.
//!
//! A listing asks for a plot in its manifest. `NAME.data` beside it is what it
//! printed when it was measured, and `NAME.plot.html` is drawn from that.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::draw::plot::{self, Plot};
use crate::measurement::{Fault, Measurement, Table};
use anyhow::{Context, Result, bail};
use cargo_metadata::Message;

use crate::files::{End, replace};
use crate::listings::{Listing, Workspace};
use crate::machine;
use crate::pages::showing;
use crate::recording::first_difference;
use crate::run;

/// A listing whose numbers are drawn.
#[derive(Clone, Copy, Debug)]
pub struct Measured<'a> {
    /// The listing that prints them.
    pub listing: &'a Listing,
    /// How they are drawn.
    pub plot: &'a Plot,
}

impl Workspace {
    /// The listings that declare a plot.
    pub fn plots(&self) -> impl Iterator<Item = Measured<'_>> {
        self.listings().filter_map(|listing| {
            let plot = listing.settings.plot.as_ref()?;
            Some(Measured { listing, plot })
        })
    }
}

impl Measured<'_> {
    /// The committed measurement, relative to the root.
    pub fn data(&self) -> PathBuf {
        self.listing.file(End::Data)
    }

    /// The committed fragment, relative to the root.
    pub fn fragment(&self) -> PathBuf {
        self.listing.file(End::Plot)
    }

    /// The command that measures, as a reader can repeat it.
    pub fn command(&self) -> String {
        let command = self.listing.command();
        command.replacen("cargo run ", "cargo run --release ", 1)
    }

    /// Reads the committed measurement.
    ///
    /// # Errors
    ///
    /// When it is missing or faulty, with the line.
    pub fn read(&self) -> Result<Measurement> {
        let text = self.listing.kept(End::Data).with_context(|| {
            let name = &self.listing.name;
            format!(
                "{}: `cargo measure {name}` writes it",
                self.data().display()
            )
        })?;
        Measurement::parse(text).map_err(|fault| self.faulty(&fault))
    }

    /// The drawing of the committed measurement.
    ///
    /// # Errors
    ///
    /// As [`Measured::read`], and when it cannot be drawn as declared.
    pub fn draw(&self) -> Result<String> {
        let measurement = self.read()?;
        plot::draw(&self.listing.name, self.plot, &measurement)
            .map_err(|fault| self.faulty(&fault))
    }

    fn faulty(&self, Fault { line, what }: &Fault) -> anyhow::Error {
        anyhow::anyhow!(
            "{}:{line}: {what}\n\n  restore it, or measure again: \
             cargo measure {}\n",
            self.data().display(),
            self.listing.name
        )
    }

    /// Builds the listing with optimisation, runs it, and writes what it
    /// printed and the drawing of that.
    ///
    /// # Errors
    ///
    /// When it fails or prints no table. Nothing is written then.
    pub fn measure(&self, root: &Path) -> Result<Measurement> {
        let name = &self.listing.name;
        let program = self.optimised(root)?;
        let done = run::run(&program, &self.listing.settings.args, root, &[])?;
        if done.exit != 0 {
            bail!("`{}` failed:\n{}", self.command(), done.stderr);
        }
        let circumstances = machine::circumstances(self.command())?;
        let measurement = Measurement::new(circumstances, done.stdout)
            .with_context(|| format!("`{name}` printed no table of numbers"))?;
        let drawing = plot::draw(name, self.plot, &measurement)
            .with_context(|| format!("what `{name}` printed"))?;
        let head = format!("# Written by `cargo measure {name}`.\n");
        let text = head + &measurement.to_text()?;
        replace(&root.join(self.data()), &text)?;
        replace(&root.join(self.fragment()), &drawing)?;
        Ok(measurement)
    }

    /// The program that the reader's command builds.
    fn optimised(&self, root: &Path) -> Result<PathBuf> {
        let output = Command::new("cargo")
            .args(["build", "--release", "--example", &self.listing.name])
            .arg("--message-format=json-render-diagnostics")
            .current_dir(root)
            .stderr(std::process::Stdio::inherit())
            .output()
            .context("cargo build --release")?;
        if !output.status.success() {
            bail!("`{}` cannot be built", self.listing.name);
        }
        for message in Message::parse_stream(output.stdout.as_slice()) {
            if let Message::CompilerArtifact(artifact) = message?
                && artifact.target.is_example()
                && let Some(program) = artifact.executable
            {
                return Ok(program.into());
            }
        }
        bail!("cargo has built no example `{}`", self.listing.name)
    }

    /// The committed drawing is that of the committed measurement, which was
    /// made by this listing: it still prints the same columns and rows, and
    /// the same numbers where they are exact.
    ///
    /// # Errors
    ///
    /// When it is not, with the difference and the way to accept it.
    pub fn verify(&self, workspace: &Workspace) -> Result<()> {
        let name = &self.listing.name;
        let old = self.read()?;
        let table = old.table().map_err(|fault| self.faulty(&fault))?;
        // `outputs` sees to it that this is what the listing prints.
        let stdout = &self.listing.runs()[0].stdout;
        let printed = workspace
            .text(stdout)
            .with_context(|| format!("{} is not there", stdout.display()))?;
        let drawn = self.listing.kept(End::Plot).unwrap_or_default();
        let (file, fault, accept) =
            if let Err(fault) = self.compare(&old, &table, printed) {
                (self.data(), fault, format!("cargo measure {name}"))
            } else if let Some(line) = first_difference(drawn, &self.draw()?) {
                let what = "is not drawn from the measurement";
                let fault = Fault::at(line, what);
                (self.fragment(), fault, "cargo figures".to_owned())
            } else {
                return Ok(());
            };
        bail!(
            "{}:{}: {}\n\n  program  {}\n  data     {}\n  shown in {}\n  \
             accept   {accept}\n",
            file.display(),
            fault.line,
            fault.what,
            self.listing.source.display(),
            self.data().display(),
            showing(&workspace.root, &self.fragment()),
        )
    }

    /// Whether the listing still prints what was measured.
    fn compare(
        &self,
        old: &Measurement,
        table: &Table,
        printed: &str,
    ) -> Result<(), Fault> {
        let (name, command) = (&self.listing.name, self.command());
        if old.command != command {
            let what = format!(
                "was measured with `{}`, and the command is now `{command}`",
                old.command
            );
            return Err(Fault::at(1, what));
        }
        let header = table.rows.first().map_or(1, |row| row.line - 1);
        let now = Table::parse(printed).map_err(|fault| {
            Fault::at(header, format!("`{name}` now prints: {fault}"))
        })?;
        if let Some(difference) = table.difference(&now) {
            let what =
                format!("`{name}` now prints another table: {difference}");
            return Err(Fault::at(header, what));
        }
        let mut rows = table.rows.iter().zip(&now.rows);
        match rows.find(|(old, new)| old.cells != new.cells) {
            Some((old, new)) if self.plot.exact => {
                let (was, is) = (old.cells.join(", "), new.cells.join(", "));
                let label = &old.label;
                let what = format!(
                    "`{label}` was {was}, and `{name}` now prints {is}"
                );
                Err(Fault::at(old.line, what))
            }
            _ => Ok(()),
        }
    }
}
