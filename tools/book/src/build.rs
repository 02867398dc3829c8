//! What cargo has built: the programs of the book and the crates they use.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Context, Result, anyhow, bail};
use cargo_metadata::{Message, Metadata, MetadataCommand, PackageId};

use crate::listings::root_of_the_book;
use crate::memory::{self, Stamp};

mod cargo;

use cargo::{built, cargo_test};
pub(crate) use cargo::{cargo, cargo_in};

/// The outcome of building every listing.
#[derive(Debug)]
pub struct Build {
    /// The executable of each example, by its source file: a manifest can give
    /// the name of a listing to another file.
    pub programs: BTreeMap<PathBuf, PathBuf>,
    /// `target/debug`.
    pub profile_dir: PathBuf,
    /// The folder of the workspace.
    pub root: PathBuf,
    libraries: Vec<Library>,
    metadata: OnceLock<Result<Metadata, String>>,
    stamps: OnceLock<u64>,
}

/// A library that cargo has built.
#[derive(Debug)]
struct Library {
    package: PackageId,
    /// The name in `use`.
    name: String,
    /// Those that are on in this build of it.
    features: Vec<String>,
    path: PathBuf,
}

/// A crate that a section depends on, as `rustc --extern` takes it.
#[derive(Debug)]
pub struct Extern {
    /// The name in `use`.
    pub name: String,
    /// The compiled library.
    pub path: PathBuf,
}

impl Build {
    /// Builds the examples of the workspace at `root`, or finds them fresh:
    /// those that cargo builds by default, and those for which one of these
    /// features must be enabled.
    ///
    /// `cargo test` has just built the same units, so this takes a fraction of
    /// a second there. It is still needed: it tells where the programs are, and
    /// `cargo test --test outputs` alone would otherwise run old ones. The tests
    /// of one `cargo test` ask once.
    ///
    /// # Errors
    ///
    /// When cargo cannot be run or an example does not compile.
    pub fn of(root: &Path, features: &[&str]) -> Result<Build> {
        let test = cargo_test().filter(|_| root == root_of_the_book());
        let said = match test {
            None => built(root, features)?,
            Some((folder, start)) => {
                let name = format!("build{}", features.join("-"));
                let ask =
                    |new: &Path| Ok(fs::write(new, built(root, features)?)?);
                fs::read(memory::made(&folder, &name, &start, ask)?)?
            }
        };
        let mut programs = BTreeMap::new();
        let mut libraries = Vec::new();
        for message in Message::parse_stream(said.as_slice()) {
            let Message::CompilerArtifact(artifact) = message? else {
                continue;
            };
            if let Some(program) = artifact.executable {
                if artifact.target.is_example() {
                    let source = artifact.target.src_path.canonicalize()?;
                    programs.insert(source, program.into());
                }
            } else if let Some(file) =
                artifact.filenames.into_iter().find(|file| {
                    matches!(file.extension(), Some("rlib" | "so" | "dylib"))
                        || file.extension() == Some("dll")
                })
            {
                libraries.push(Library {
                    package: artifact.package_id,
                    name: artifact.target.name.replace('-', "_"),
                    features: artifact.features,
                    path: file.into(),
                });
            }
        }
        // target/debug/examples/NAME
        let profile_dir = programs
            .values()
            .find_map(|program: &PathBuf| program.ancestors().nth(2))
            .context("no section has an example")?
            .to_owned();
        Ok(Build {
            programs,
            profile_dir,
            libraries,
            root: root.to_owned(),
            metadata: OnceLock::new(),
            stamps: OnceLock::new(),
        })
    }

    /// Which package depends on which: asked once, and only where it matters.
    fn metadata(&self) -> Result<&Metadata> {
        let metadata = self.metadata.get_or_init(|| {
            MetadataCommand::new()
                .cargo_path(cargo())
                .current_dir(&self.root)
                .exec()
                .map_err(|error| error.to_string())
        });
        metadata
            .as_ref()
            .map_err(|error| anyhow!("cargo metadata: {error}"))
    }

    /// The crates that the manifest of the package `section` names, and that
    /// package's own library where it has one.
    ///
    /// # Errors
    ///
    /// When the package does not exist, or one of its dependencies is built in
    /// two ways, so that nobody can say which one the section means.
    pub fn externs(&self, section: &str) -> Result<Vec<Extern>> {
        let metadata = self.metadata()?;
        let package = metadata
            .workspace_packages()
            .into_iter()
            .find(|package| package.name.as_str() == section)
            .with_context(|| format!("no package is called {section}"))?;
        let resolve = metadata.resolve.as_ref().context("no resolve")?;
        let node = resolve
            .nodes
            .iter()
            .find(|node| node.id == package.id)
            .context("the package is not in the resolve graph")?;
        let own = (section.replace('-', "_"), &package.id);
        let named = node.deps.iter().map(|dep| (dep.name.clone(), &dep.pkg));
        let mut externs = Vec::new();
        for (name, id) in named.chain([own]) {
            let mut built: Vec<&Library> = self
                .libraries
                .iter()
                .filter(|library| library.package == *id)
                .collect();
            if built.len() > 1 {
                // A build script or a macro may use it with fewer features.
                let all = resolve.nodes.iter().find(|node| node.id == *id);
                let all = all.context("a dependency is not in the graph")?;
                let whole = |library: &&Library| {
                    let on = library.features.iter();
                    on.count() == all.features.len()
                };
                if built.iter().filter(|library| whole(library)).count() == 1 {
                    built.retain(whole);
                }
            }
            match built.as_slice() {
                // Not built: a dependency for another platform, or a package
                // without a library.
                [] => {}
                [library] => externs.push(Extern {
                    name,
                    path: library.path.clone(),
                }),
                builds => {
                    let paths: Vec<_> =
                        builds.iter().map(|b| &b.path).collect();
                    bail!(
                        "{name} is built {} times, with different features, and \
                         {section} cannot know which to use: {paths:?}",
                        paths.len()
                    )
                }
            }
        }
        Ok(externs)
    }

    /// The one library called `name` in `use`. Unlike [`Build::externs`], it need
    /// not ask cargo which package depends on which.
    ///
    /// # Errors
    ///
    /// When there is none, or more than one.
    pub fn library(&self, name: &str) -> Result<&Path> {
        let called = self.libraries.iter().filter(|l| l.name == name);
        match called.collect::<Vec<_>>().as_slice() {
            [library] => Ok(&library.path),
            other => bail!("{} libraries are called {name}", other.len()),
        }
    }

    /// Every library as it is now, but this one, which no listing uses. What
    /// [`Build::externs`] says of a section hangs on these, its manifest, the
    /// manifest of the workspace and the lock file.
    ///
    /// # Errors
    ///
    /// When a library is gone.
    pub fn stamps(&self) -> Result<u64> {
        if let Some(known) = self.stamps.get() {
            return Ok(*known);
        }
        let mut stamps = Vec::new();
        for library in self.libraries.iter().filter(|l| l.name != "book") {
            stamps.push(Stamp::of(&library.path)?);
        }
        // Cargo names them in any order.
        stamps.sort();
        let mut hasher = DefaultHasher::new();
        stamps.hash(&mut hasher);
        Ok(*self.stamps.get_or_init(|| hasher.finish()))
    }

    /// The folders that hold the sources of packages, each with a trailing
    /// separator: what stands before `tokio-1.54.1/src/…` in a diagnostic.
    ///
    /// # Errors
    ///
    /// When cargo cannot say.
    pub fn source_folders(&self) -> Result<Vec<String>> {
        let mut folders: Vec<String> = self
            .metadata()?
            .packages
            .iter()
            .filter(|package| package.source.is_some())
            .filter_map(|package| package.manifest_path.parent()?.parent())
            .map(|folder| format!("{folder}/"))
            .collect();
        folders.sort();
        folders.dedup();
        Ok(folders)
    }
}
