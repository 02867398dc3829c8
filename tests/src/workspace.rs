//! The listings: where they are, and what their manifests declare about them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::exercise::Exercise;

/// Every section of the book, its listings and the exercises.
#[derive(Debug)]
pub struct Workspace {
    /// The folder with `book.toml`; every other path is relative to it.
    pub root: PathBuf,
    /// The folders of `listings/`, by name.
    pub sections: Vec<Section>,
    /// The folders of `exercises/tests/`, by name.
    pub exercises: Vec<Exercise>,
}

/// One crate of `listings/`: a section of the book.
#[derive(Debug)]
pub struct Section {
    /// The name of the folder and of the package, `ch06-02-…`.
    pub name: String,
    /// The folder, relative to the root.
    pub dir: PathBuf,
    /// The listings by name.
    pub listings: Vec<Listing>,
}

/// One program of the book.
#[derive(Debug)]
pub struct Listing {
    /// The file stem: the name of the command, of the anchor and of the test.
    pub name: String,
    /// Whether it must compile.
    pub kind: Kind,
    /// The source file, relative to the root.
    pub source: PathBuf,
    /// The recorded outputs beside it, relative to the root.
    pub outputs: Vec<PathBuf>,
    /// The drawing of its recording, if there is one, relative to the root.
    pub drawing: Option<PathBuf>,
    /// What the manifest declares about it.
    pub settings: Settings,
}

/// Whether a listing must compile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `examples/NAME.rs`: compiles, runs, prints its `.stdout`.
    Example,
    /// `broken/NAME.rs`: does not compile, for the reason in its `.stderr`.
    Broken,
}

/// `[package.metadata.listings.NAME]`: where a listing departs from the rule
/// that it takes no arguments, succeeds, and prints lines in one order.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields, rename_all = "kebab-case")]
pub struct Settings {
    /// The arguments after `--`.
    pub args: Vec<String>,
    /// The exit status, by default 0; 128 plus the number for a signal.
    pub exit: i32,
    /// The lines may come in any order.
    pub unordered: bool,
    /// `[..]` in a recorded output stands for what differs from run to run.
    /// Without this, it stands for itself.
    pub varies: bool,
    /// The edition of a broken program, by default that of the workspace.
    pub edition: Option<String>,
    /// What a recording of the listing shows.
    pub recorded: Recorded,
    /// Further runs of the same program, by name.
    pub runs: BTreeMap<String, ExtraRun>,
}

/// What a recording shows: the lanes of its figure.
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
/// recorded in `NAME.RUN.stdout` and `NAME.RUN.stderr`.
#[derive(Clone, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(default, deny_unknown_fields)]
pub struct ExtraRun {
    /// The arguments after `--`.
    pub args: Vec<String>,
    /// The exit status.
    pub exit: i32,
}

/// One run of one program, and the files that say what it prints.
#[derive(Clone, Debug)]
pub struct Run {
    /// `NAME`, or `NAME.RUN` for a further run: the name of the test.
    pub name: String,
    /// The arguments after `--`.
    pub args: Vec<String>,
    /// The expected exit status.
    pub exit: i32,
    /// Where the recorded standard output stands, relative to the root.
    pub stdout: PathBuf,
    /// Where the recorded standard error stands, relative to the root.
    pub stderr: PathBuf,
}

#[derive(Deserialize)]
struct Manifest {
    package: Package,
}

#[derive(Deserialize)]
struct Package {
    name: String,
    #[serde(default)]
    metadata: Metadata,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Metadata {
    listings: BTreeMap<String, Settings>,
}

/// The folder with `book.toml` of the book this crate belongs to.
///
/// Cargo says where that is when it runs the test. What it said when it
/// compiled the test can be another clone that shares the target folder.
pub fn root_of_the_book() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    here.parent().unwrap_or(&here).to_owned()
}

impl Workspace {
    /// Reads `listings/` below `root`.
    ///
    /// # Errors
    ///
    /// When a manifest cannot be read, declares an unknown key or a listing
    /// that has no file, when two listings have one name, when an output
    /// belongs to no program, and when an exercise is not complete.
    pub fn load(root: &Path) -> Result<Workspace> {
        let mut sections = Vec::new();
        for dir in children(&root.join("listings"))? {
            if dir.join("Cargo.toml").is_file() {
                sections.push(Section::load(root, &dir)?);
            }
        }
        let workspace = Workspace {
            root: root.to_owned(),
            sections,
            exercises: Exercise::all(root)?,
        };
        let mut seen: BTreeMap<&str, &Listing> = BTreeMap::new();
        for listing in workspace.listings() {
            if let Some(other) = seen.insert(&listing.name, listing) {
                bail!(
                    "two listings are called `{}`: {} and {}. A name is used \
                     once in the whole book; rename one of them",
                    listing.name,
                    other.source.display(),
                    listing.source.display()
                );
            }
        }
        for exercise in &workspace.exercises {
            if let Some(listing) = workspace.listing(&exercise.name) {
                bail!(
                    "{} and {} have one name. A name is used once in the \
                     whole book; rename one of them",
                    listing.source.display(),
                    exercise.starter.display()
                );
            }
        }
        Ok(workspace)
    }

    /// All listings of all sections.
    pub fn listings(&self) -> impl Iterator<Item = &Listing> {
        self.sections.iter().flat_map(|section| &section.listings)
    }

    /// The exercise that shows or records `file`.
    pub fn exercise_of(&self, file: &Path) -> Option<&Exercise> {
        self.exercises
            .iter()
            .find(|exercise| exercise.shown().iter().any(|f| *f == file))
    }

    /// The listing with this name.
    pub fn listing(&self, name: &str) -> Option<&Listing> {
        self.listings().find(|listing| listing.name == name)
    }
}

impl Section {
    fn load(root: &Path, dir: &Path) -> Result<Section> {
        let path = dir.join("Cargo.toml");
        let text = fs::read_to_string(&path)
            .with_context(|| format!("cannot read {}", path.display()))?;
        let manifest: Manifest = toml::from_str(&text)
            .with_context(|| format!("in {}", path.display()))?;
        let relative = dir.strip_prefix(root)?.to_owned();
        let folder = file_name(dir);
        if manifest.package.name != folder {
            bail!(
                "the package in {} is called `{}`; call it `{folder}`, as its \
                 folder",
                path.display(),
                manifest.package.name
            );
        }
        let mut settings = manifest.package.metadata.listings;
        let mut listings = Vec::new();
        for kind in [Kind::Example, Kind::Broken] {
            let folder = dir.join(kind.folder());
            let files = children(&folder)?;
            let stems: Vec<String> = files
                .iter()
                .filter(|file| file.extension().is_some_and(|e| e == "rs"))
                .map(|file| file_name(&file.with_extension("")))
                .collect();
            for file in &files {
                let name = file_name(file);
                let stem = name.split('.').next().unwrap_or_default();
                if !stems.iter().any(|s| s == stem) {
                    bail!(
                        "{} belongs to no listing: there is no {stem}.rs \
                         beside it",
                        file.display()
                    );
                }
            }
            for stem in stems {
                let prefix = format!("{stem}.");
                let mut outputs = Vec::new();
                let mut drawing = None;
                for file in &files {
                    let name = file_name(file);
                    let Some(end) = name.strip_prefix(&prefix) else {
                        continue;
                    };
                    let file = file.strip_prefix(root)?.to_owned();
                    match end.rsplit('.').next() {
                        Some("rs" | "trace") => {}
                        Some("stdout" | "stderr") => outputs.push(file),
                        Some("html") => drawing = Some(file),
                        _ => bail!(
                            "{}: neither a recorded output (.stdout, \
                             .stderr) nor a figure (.trace, .figure.html)",
                            file.display()
                        ),
                    }
                }
                let declared = settings.remove(&stem).unwrap_or_default();
                let ignored = match kind {
                    Kind::Example => declared.edition.is_some(),
                    Kind::Broken => {
                        let only_edition = Settings {
                            edition: declared.edition.clone(),
                            ..Settings::default()
                        };
                        declared != only_edition
                    }
                };
                if ignored {
                    bail!(
                        "{} declares for the listing `{stem}` what a listing \
                         in {} cannot have: only a broken program has an \
                         `edition`, and it has nothing else",
                        path.display(),
                        kind.folder()
                    );
                }
                listings.push(Listing {
                    kind,
                    source: relative
                        .join(kind.folder())
                        .join(format!("{stem}.rs")),
                    outputs,
                    drawing,
                    settings: declared,
                    name: stem,
                });
            }
        }
        if let Some(name) = settings.keys().next() {
            bail!(
                "{} declares the listing `{name}`, but there is neither \
                 examples/{name}.rs nor broken/{name}.rs",
                path.display()
            );
        }
        Ok(Section {
            name: folder,
            dir: relative,
            listings,
        })
    }
}

impl Kind {
    /// The folder of a section in which listings of this kind stand.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Example => "examples",
            Kind::Broken => "broken",
        }
    }
}

impl Listing {
    /// The command that shows what the listing does, as captions print it.
    pub fn command(&self) -> String {
        match self.kind {
            Kind::Broken => format!("cargo broken {}", self.name),
            Kind::Example => self.command_with(&self.settings.args),
        }
    }

    /// The command that runs the program with these arguments.
    pub fn command_with(&self, args: &[String]) -> String {
        let mut command = format!("cargo run --example {}", self.name);
        if !args.is_empty() {
            command.push_str(" -- ");
            command.push_str(&args.join(" "));
        }
        command
    }

    /// Every run of the program: the plain one first, then the further ones.
    pub fn runs(&self) -> Vec<Run> {
        let run = |name: String, args: &[String], exit: i32| Run {
            stdout: self.source.with_file_name(format!("{name}.stdout")),
            stderr: self.source.with_file_name(format!("{name}.stderr")),
            name,
            args: args.to_vec(),
            exit,
        };
        let settings = &self.settings;
        let mut runs =
            vec![run(self.name.clone(), &settings.args, settings.exit)];
        runs.extend(settings.runs.iter().map(|(extra, declared)| {
            run(
                format!("{}.{extra}", self.name),
                &declared.args,
                declared.exit,
            )
        }));
        runs
    }
}

/// The last component of a path, as text.
pub fn file_name(path: &Path) -> String {
    path.file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default()
}

/// The files and folders in `dir`, sorted; none if there is no such folder.
pub(crate) fn children(dir: &Path) -> Result<Vec<PathBuf>> {
    if !dir.is_dir() {
        return Ok(Vec::new());
    }
    let list = || -> std::io::Result<Vec<PathBuf>> {
        fs::read_dir(dir)?.map(|entry| Ok(entry?.path())).collect()
    };
    let mut paths =
        list().with_context(|| format!("cannot list {}", dir.display()))?;
    paths.sort();
    Ok(paths)
}
