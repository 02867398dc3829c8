//! The listings: where they are, and what their manifests declare about them.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::exercises::Exercise;
use crate::fault::Fault;
use crate::files::End;

mod load;
mod settings;

pub(crate) use settings::reason;
pub use settings::{ExtraRun, Recorded, Settings};

/// Every section of the book, its listings and the exercises.
#[derive(Debug, Default)]
pub struct Workspace {
    /// The folder with `book.toml`; every other path is relative to it.
    pub root: PathBuf,
    /// The folders of `listings/`, by name.
    pub sections: Vec<Section>,
    /// The folders of `exercises/tests/`, by name.
    pub exercises: Vec<Exercise>,
    /// What is wrong with these files, each of them once. What could not be
    /// understood is left out of the rest.
    pub faults: Vec<Fault>,
    /// The files that cannot be read.
    pub unreadable: BTreeSet<PathBuf>,
}

/// One crate of `listings/`: a section of the book.
#[derive(Debug)]
pub struct Section {
    /// The name of the folder and of the package, `ch06-02-…`.
    pub name: String,
    /// The manifest, relative to the root.
    pub manifest: PathBuf,
    /// The listings by name.
    pub listings: Vec<Listing>,
    /// What its programs share: the files that its library or its program names
    /// as modules, and its tests. Cargo compiles them.
    pub modules: Vec<Module>,
}

/// A file that a section's package is made of, and no program by itself.
#[derive(Debug)]
pub struct Module {
    /// The file, relative to the root.
    pub path: PathBuf,
    /// What it holds.
    pub text: String,
}

/// One program of the book.
#[derive(Debug)]
pub struct Listing {
    /// The file stem: the name of the command, of the anchor and of the test.
    pub name: String,
    /// The name of its section, which is that of the package.
    pub section: String,
    /// Whether it must compile.
    pub kind: Kind,
    /// The source file, relative to the root.
    pub source: PathBuf,
    /// The program.
    pub text: String,
    /// What stands beside it and bears its name.
    pub beside: Vec<Beside>,
    /// The features without which cargo does not build it.
    pub features: Vec<String>,
    /// What the listing prints that `settings.prints` names.
    pub shared_stdout: Option<PathBuf>,
    /// What the manifest declares about it.
    pub settings: Settings,
}

/// A file beside a listing.
#[derive(Debug)]
pub struct Beside {
    /// The file, relative to the root.
    pub path: PathBuf,
    /// What it is.
    pub end: End,
    /// What it holds.
    pub text: String,
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
    /// `answers/NAME.md`: an assistant's answer, which `cargo answer` judges.
    Answer,
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
    /// Why `[..]` in what it prints stands for what differs, if it does.
    pub varies: Option<String>,
    /// Where its standard output is kept, relative to the root.
    pub stdout: PathBuf,
    /// Where its standard error is kept, relative to the root.
    pub stderr: PathBuf,
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

/// Whether two paths are written alike. `==` would take both apart first, and
/// the rules compare hundreds of files with hundreds.
fn same(a: &Path, b: &Path) -> bool {
    a.as_os_str() == b.as_os_str()
}

impl Workspace {
    /// Reads `listings/` and `exercises/` below `root`. What is wrong there is
    /// in [`Workspace::faults`].
    pub fn load(root: &Path) -> Workspace {
        load::workspace(root)
    }

    /// All listings of all sections.
    pub fn listings(&self) -> impl Iterator<Item = &Listing> {
        self.sections.iter().flat_map(|section| &section.listings)
    }

    /// The listing with this name.
    pub fn listing(&self, name: &str) -> Option<&Listing> {
        self.listings().find(|listing| listing.name == name)
    }

    /// The listing whose source this file is.
    pub fn listing_of(&self, source: &Path) -> Option<&Listing> {
        self.listings()
            .find(|listing| same(&listing.source, source))
    }

    /// The name of the listing or exercise to which this file belongs.
    pub fn owner(&self, file: &Path) -> Option<&str> {
        let of = |l: &&Listing| {
            same(&l.source, file) || l.outputs().any(|o| same(&o.path, file))
        };
        let listing = self.listings().find(of).map(|l| l.name.as_str());
        let exercise =
            || self.exercises.iter().find(|e| e.text(file).is_some());
        listing.or_else(|| exercise().map(|e| e.name.as_str()))
    }

    /// What a file of a listing, of an exercise or of a section holds.
    pub fn text(&self, file: &Path) -> Option<&str> {
        self.listings()
            .find_map(|l| l.text_of(file))
            .or_else(|| self.exercises.iter().find_map(|e| e.text(file)))
            .or_else(|| self.module(file).map(|m| m.text.as_str()))
    }

    fn module(&self, file: &Path) -> Option<&Module> {
        let mut all = self.sections.iter().flat_map(|s| &s.modules);
        all.find(|module| same(&module.path, file))
    }
}

impl Kind {
    /// Every kind.
    pub const ALL: [Kind; 4] =
        [Kind::Example, Kind::Broken, Kind::Cpp, Kind::Answer];

    /// The folder of a section in which listings of this kind stand.
    pub fn folder(self) -> &'static str {
        match self {
            Kind::Example => "examples",
            Kind::Broken => "broken",
            Kind::Cpp => "cpp",
            Kind::Answer => "answers",
        }
    }

    /// How the names of sources of this kind end.
    pub fn ends(self) -> &'static [End] {
        match self {
            Kind::Example | Kind::Broken => &[End::Rust],
            Kind::Cpp => &[End::Cpp, End::C],
            Kind::Answer => &[End::Markdown],
        }
    }
}

impl Listing {
    /// The command that shows what the listing does, as captions print it.
    pub fn command(&self) -> String {
        match self.kind {
            Kind::Broken => format!("cargo broken {}", self.name),
            Kind::Cpp => format!("cargo cpp {}", self.name),
            Kind::Answer => format!("cargo answer {}", self.name),
            Kind::Example => self.command_with(&self.settings.args),
        }
    }

    /// The command that shows what this run prints.
    pub fn command_of(&self, run: &Run) -> String {
        match self.kind {
            Kind::Example => self.command_with(&run.args),
            Kind::Broken | Kind::Cpp | Kind::Answer => self.command(),
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

    /// The edition of Rust that it is written in.
    pub fn edition(&self) -> &str {
        self.settings.edition.as_deref().unwrap_or("2024")
    }

    /// The file with this end beside the listing, whether it is there or not.
    pub fn file(&self, end: End) -> PathBuf {
        end.beside(&self.source)
    }

    /// What the file with this end holds, if it is there.
    pub fn kept(&self, end: End) -> Option<&str> {
        self.text_of(&self.file(end))
    }

    /// What this file holds, if it is the source or stands beside it.
    pub fn text_of(&self, file: &Path) -> Option<&str> {
        if same(&self.source, file) {
            return Some(&self.text);
        }
        let beside = self.beside.iter().find(|b| same(&b.path, file));
        beside.map(|beside| beside.text.as_str())
    }

    /// What is kept of what the listing, its compiler or its reader says.
    pub fn outputs(&self) -> impl Iterator<Item = &Beside> {
        self.beside.iter().filter(|file| {
            matches!(file.end, End::Stdout | End::Stderr | End::Diff)
        })
    }

    /// Every run of the program: the plain one first, then the further ones.
    pub fn runs(&self) -> Vec<Run> {
        let run = |name: String, declared: ExtraRun| Run {
            stdout: self.source.with_file_name(format!("{name}.stdout")),
            stderr: self.source.with_file_name(format!("{name}.stderr")),
            name,
            args: declared.args,
            exit: declared.exit,
            varies: declared.varies,
        };
        let settings = &self.settings;
        let plain = ExtraRun {
            args: settings.args.clone(),
            exit: settings.exit,
            varies: settings.varies.clone(),
        };
        let mut runs = vec![run(self.name.clone(), plain)];
        if let Some(shared) = &self.shared_stdout {
            runs[0].stdout.clone_from(shared);
        }
        runs.extend(settings.runs.iter().map(|(extra, declared)| {
            run(format!("{}.{extra}", self.name), declared.clone())
        }));
        runs
    }
}
