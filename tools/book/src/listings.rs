//! The listings: where they are, and what their manifests declare about them.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use crate::draw::plot::Plot;
use anyhow::{Context, Result, bail};
use serde::Deserialize;

use crate::exercises::Exercise;

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
    /// The drawings of its recording and of its measurement, relative to the
    /// root.
    pub drawings: Vec<PathBuf>,
    /// The features without which cargo does not build it.
    pub features: Vec<String>,
    /// The recorded output of the listing that `settings.prints` names.
    pub shared_stdout: Option<PathBuf>,
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
    /// `cpp/NAME.cpp` or `cpp/NAME.c`: what another language makes of the same
    /// problem; runs where there is a compiler and what it includes.
    Cpp,
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
    /// The listing that prints the same, to the letter. Its recording is then
    /// that of this one, too.
    pub prints: Option<String>,
    /// The listing to which this one is moved. What a reader must change, from
    /// one page to the other, is recorded in `NAME.diff`.
    pub becomes: Option<String>,
    /// The edition of a broken program, by default that of the workspace.
    pub edition: Option<String>,
    /// What a recording of the listing shows.
    pub recorded: Recorded,
    /// Further runs of the same program, by name.
    pub runs: BTreeMap<String, ExtraRun>,
    /// How the numbers that it prints are drawn.
    pub plot: Option<Plot>,
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
    #[serde(default)]
    example: Vec<Target>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case")]
struct Target {
    name: String,
    #[serde(default)]
    required_features: Vec<String>,
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
/// Cargo says where a package is when it runs one of its programs. What it said
/// when it compiled the program can be another clone that shares the target
/// folder.
pub fn root_of_the_book() -> PathBuf {
    let here = std::env::var_os("CARGO_MANIFEST_DIR")
        .map_or_else(|| env!("CARGO_MANIFEST_DIR").into(), PathBuf::from);
    let root = here.ancestors().find(|dir| dir.join("book.toml").is_file());
    root.unwrap_or(&here).to_owned()
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
        let mut workspace = Workspace {
            root: root.to_owned(),
            sections,
            exercises: Exercise::all(root)?,
        };
        workspace.share_recordings()?;
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

    /// Lets each listing that prints what another prints find that recording.
    fn share_recordings(&mut self) -> Result<()> {
        let own: BTreeMap<String, PathBuf> = self
            .listings()
            .filter(|listing| listing.settings.prints.is_none())
            .filter_map(|listing| {
                let file = listing.source.with_extension("stdout");
                let there = listing.outputs.contains(&file);
                there.then(|| (listing.name.clone(), file))
            })
            .collect();
        for section in &mut self.sections {
            for listing in &mut section.listings {
                let Some(other) = &listing.settings.prints else {
                    continue;
                };
                let Some(file) = own.get(other) else {
                    bail!(
                        "{} is declared to print what `{other}` prints, but no \
                         listing of that name has a .stdout of its own",
                        listing.source.display()
                    );
                };
                let unused = listing.source.with_extension("stdout");
                if listing.outputs.contains(&unused) {
                    bail!(
                        "{} is compared with nothing: the listing is declared \
                         to print what `{other}` prints. Delete the file or \
                         the declaration",
                        unused.display()
                    );
                }
                listing.shared_stdout = Some(file.clone());
            }
        }
        Ok(())
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
        let features: BTreeMap<String, Vec<String>> = manifest
            .example
            .into_iter()
            .map(|target| (target.name, target.required_features))
            .collect();
        let mut listings = Vec::new();
        for kind in [Kind::Example, Kind::Broken, Kind::Cpp] {
            let folder = dir.join(kind.folder());
            let files = children(&folder)?;
            let sources: Vec<(String, String)> = files
                .iter()
                .map(|file| file_name(file))
                .filter(|name| {
                    let end = name.rsplit('.').next().unwrap_or_default();
                    kind.extensions().contains(&end)
                })
                .map(|name| {
                    let stem = name.split('.').next().unwrap_or_default();
                    (stem.to_owned(), name)
                })
                .collect();
            for file in &files {
                let name = file_name(file);
                let stem = name.split('.').next().unwrap_or_default();
                if !sources.iter().any(|(known, _)| known == stem) {
                    bail!(
                        "{} belongs to no listing: there is no {stem}.{} \
                         beside it",
                        file.display(),
                        kind.extensions().join(&format!(" and no {stem}."))
                    );
                }
            }
            for (stem, source) in sources {
                let prefix = format!("{stem}.");
                let mut outputs = Vec::new();
                let mut drawings = Vec::new();
                for file in &files {
                    let name = file_name(file);
                    let Some(end) = name.strip_prefix(&prefix) else {
                        continue;
                    };
                    let file = file.strip_prefix(root)?.to_owned();
                    if name == source {
                        continue;
                    }
                    match end.rsplit('.').next() {
                        Some("trace" | "data") => {}
                        Some("stdout" | "stderr" | "diff") => {
                            outputs.push(file)
                        }
                        Some("html") => drawings.push(file),
                        _ => bail!(
                            "{}: neither a recorded output (.stdout, \
                             .stderr) nor a .diff nor a figure (.trace, .figure.html, \
                             .data, .plot.html)",
                            file.display()
                        ),
                    }
                }
                let declared = settings.remove(&stem).unwrap_or_default();
                let sensible = match kind {
                    Kind::Example => Settings {
                        edition: None,
                        ..declared.clone()
                    },
                    Kind::Broken => Settings {
                        edition: declared.edition.clone(),
                        ..Settings::default()
                    },
                    Kind::Cpp => Settings {
                        exit: declared.exit,
                        varies: declared.varies,
                        prints: declared.prints.clone(),
                        ..Settings::default()
                    },
                };
                if declared != sensible {
                    bail!(
                        "{} declares for the listing `{stem}` what a listing \
                         in {} cannot have: only a broken program has an \
                         `edition`, and it has nothing else; one in C++ or C \
                         has `exit`, `varies` and `prints`",
                        path.display(),
                        kind.folder()
                    );
                }
                listings.push(Listing {
                    kind,
                    source: relative.join(kind.folder()).join(source),
                    outputs,
                    drawings,
                    features: features.get(&stem).cloned().unwrap_or_default(),
                    shared_stdout: None,
                    settings: declared,
                    name: stem,
                });
            }
        }
        if let Some(name) = settings.keys().next() {
            bail!(
                "{} declares the listing `{name}`, but there is neither \
                 examples/{name}.rs nor broken/{name}.rs nor a program \
                 cpp/{name}",
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
            Kind::Cpp => "cpp",
        }
    }

    /// How the names of sources of this kind end.
    fn extensions(self) -> &'static [&'static str] {
        match self {
            Kind::Example | Kind::Broken => &["rs"],
            Kind::Cpp => &["cpp", "c"],
        }
    }
}

impl Listing {
    /// The command that shows what the listing does, as captions print it.
    pub fn command(&self) -> String {
        match self.kind {
            Kind::Broken => format!("cargo broken {}", self.name),
            Kind::Cpp => format!("cargo cpp {}", self.name),
            Kind::Example => self.command_with(&self.settings.args),
        }
    }

    /// The command that shows what this run prints.
    pub fn command_of(&self, run: &Run) -> String {
        match self.kind {
            Kind::Example => self.command_with(&run.args),
            Kind::Broken | Kind::Cpp => self.command(),
        }
    }

    /// The command that runs the program with these arguments.
    pub fn command_with(&self, args: &[String]) -> String {
        let mut command = String::from("cargo run ");
        if !self.features.is_empty() {
            command
                .push_str(&format!("--features {} ", self.features.join(",")));
        }
        command.push_str(&format!("--example {}", self.name));
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
        if let Some(shared) = &self.shared_stdout {
            runs[0].stdout.clone_from(shared);
        }
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

/// Writes a file whole or not at all.
///
/// # Errors
///
/// When it cannot be written.
pub fn replace(path: &Path, text: &str) -> Result<()> {
    let new = path.with_extension("new");
    fs::write(&new, text)
        .and_then(|()| fs::rename(&new, path))
        .with_context(|| format!("cannot write {}", path.display()))
}
