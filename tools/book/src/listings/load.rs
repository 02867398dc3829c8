//! Reads the listings, and says of each file once what is wrong with it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::{Beside, Kind, Listing, Module, Section, Settings, Workspace};
use crate::exercises::Exercise;
use crate::fault::Fault;
use crate::files::{End, children, file_name};

mod manifest;

/// What is no file beside a listing.
const SOURCES: [End; 4] = [End::Rust, End::Cpp, End::C, End::Markdown];

pub(super) fn workspace(root: &Path) -> Workspace {
    let mut workspace = Workspace {
        root: root.to_owned(),
        ..Workspace::default()
    };
    for dir in workspace.list(Path::new("listings")) {
        if root.join(&dir).join("Cargo.toml").is_file() {
            let section = workspace.section(&dir);
            workspace.sections.push(section);
        }
    }
    Exercise::load_all(&mut workspace);
    workspace.share_outputs();
    workspace.name_once();
    workspace
}

impl Workspace {
    /// Notes what is wrong.
    pub(crate) fn fault(
        &mut self,
        at: &Path,
        what: impl Into<String>,
        mend: impl Into<String>,
    ) {
        self.faults.push(Fault::new(at.display(), what, mend));
    }

    /// What is in a folder, relative to the root.
    pub(crate) fn list(&mut self, dir: &Path) -> Vec<PathBuf> {
        match children(&self.root.join(dir)) {
            Ok(paths) => paths
                .into_iter()
                .map(|path| dir.join(file_name(&path)))
                .collect(),
            Err(error) => {
                self.fault(dir, format!("{error:#}"), "");
                Vec::new()
            }
        }
    }

    /// What a file holds; nothing if it cannot be read, which is noted.
    pub(crate) fn read(&mut self, file: &Path) -> String {
        match fs::read_to_string(self.root.join(file)) {
            Ok(text) => text,
            Err(error) => {
                let what = format!("cannot be read: {error}");
                self.fault(file, what, "make it a text in UTF-8, or delete it");
                self.unreadable.insert(file.to_owned());
                String::new()
            }
        }
    }

    fn section(&mut self, dir: &Path) -> Section {
        let name = file_name(dir);
        let manifest = dir.join("Cargo.toml");
        let mut declared = self.declared(&name, &manifest);
        let mut listings = Vec::new();
        for kind in Kind::ALL {
            let files = self.list(&dir.join(kind.folder()));
            for mut listing in self.listings_of(kind, files) {
                listing.section.clone_from(&name);
                if let Some(own) = declared.settings.remove(&listing.name) {
                    self.check_settings(&manifest, &listing, &own);
                    listing.settings = own;
                }
                self.check_variations(&manifest, &listing);
                if let Some(features) = declared.features.get(&listing.name) {
                    listing.features.clone_from(features);
                }
                listings.push(listing);
            }
        }
        for name in declared.settings.keys() {
            self.fault(
                &manifest,
                format!(
                    "declares the listing `{name}`, but there is neither \
                     examples/{name}.rs nor broken/{name}.rs nor a program \
                     cpp/{name} nor answers/{name}.md"
                ),
                "delete the declaration, or write the program",
            );
        }
        Section {
            name,
            manifest,
            listings,
            modules: self.modules(dir),
        }
    }

    /// The files that the package of a section is made of, without its programs.
    fn modules(&mut self, dir: &Path) -> Vec<Module> {
        let files = |of: &mut Self, folder: &str| {
            let mut modules = Vec::new();
            for path in of.list(&dir.join(folder)) {
                if End::of(&path) == Some(End::Rust) {
                    let text = of.read(&path);
                    modules.push(Module { path, text });
                }
            }
            modules
        };
        let mut modules = files(self, "src");
        let is_root = |m: &Module| {
            ["lib.rs", "main.rs"].contains(&file_name(&m.path).as_str())
        };
        let roots = modules.iter().filter(|m| is_root(m));
        let roots: String = roots.map(|m| m.text.as_str()).collect();
        // Nobody compiles a file that no other names.
        modules.retain(|module| {
            let name = file_name(&module.path);
            let named = format!("mod {};", name.trim_end_matches(".rs"));
            is_root(module) || roots.contains(&named)
        });
        modules.extend(files(self, "tests"));
        modules
    }

    /// The listings among these files of one folder.
    fn listings_of(&mut self, kind: Kind, files: Vec<PathBuf>) -> Vec<Listing> {
        let stem = |file: &Path| {
            let name = file_name(file);
            name.split('.').next().unwrap_or_default().to_owned()
        };
        let is_source = |file: &PathBuf| {
            End::of(file).is_some_and(|end| {
                kind.ends().contains(&end) && *file == end.beside(file)
            })
        };
        let (sources, others): (Vec<_>, Vec<_>) =
            files.into_iter().partition(is_source);
        let mut listings = Vec::new();
        for source in sources {
            listings.push(Listing {
                name: stem(&source),
                section: String::new(),
                kind,
                text: self.read(&source),
                source,
                beside: Vec::new(),
                features: Vec::new(),
                shared_stdout: None,
                settings: Settings::default(),
            });
        }
        for file in others {
            let name = stem(&file);
            let Some(at) = listings.iter().position(|l| l.name == name) else {
                let ends = kind.ends().iter();
                let none: Vec<_> =
                    ends.map(|e| format!("no {name}.{}", e.text())).collect();
                let what = format!(
                    "belongs to no listing: there is {} beside it",
                    none.join(" and ")
                );
                self.fault(&file, what, "delete it, or write the program");
                continue;
            };
            match End::of(&file) {
                Some(end) if !SOURCES.contains(&end) => {
                    let text = self.read(&file);
                    let beside = &mut listings[at].beside;
                    beside.push(Beside {
                        path: file,
                        end,
                        text,
                    });
                }
                _ => self.fault(
                    &file,
                    "neither an output (.stdout, .stderr) nor a .diff nor a \
                     recording (.trace, .figure.html) nor a measurement \
                     (.data, .plot.html)",
                    "delete it",
                ),
            }
        }
        listings
    }

    /// Lets each listing that prints what another prints find that output.
    fn share_outputs(&mut self) {
        let own: BTreeMap<String, PathBuf> = self
            .listings()
            .filter(|listing| listing.settings.prints.is_none())
            .filter(|listing| listing.kept(End::Stdout).is_some())
            .map(|listing| (listing.name.clone(), listing.file(End::Stdout)))
            .collect();
        let mut faults = Vec::new();
        let sections = self.sections.iter_mut();
        for listing in sections.flat_map(|section| &mut section.listings) {
            let Some(other) = &listing.settings.prints else {
                continue;
            };
            let unused = listing.file(End::Stdout);
            match own.get(other) {
                None => faults.push(Fault::new(
                    listing.source.display(),
                    format!(
                        "is declared to print what `{other}` prints, but no \
                         listing of that name has a .stdout of its own"
                    ),
                    "",
                )),
                Some(_) if listing.kept(End::Stdout).is_some() => {
                    faults.push(Fault::new(
                        unused.display(),
                        format!(
                            "is compared with nothing: the listing is declared \
                             to print what `{other}` prints"
                        ),
                        "delete the file or the declaration",
                    ));
                }
                Some(file) => listing.shared_stdout = Some(file.clone()),
            }
        }
        self.faults.extend(faults);
    }

    /// Of two listings or exercises of one name, the second is left out.
    fn name_once(&mut self) {
        let mut names: BTreeMap<String, PathBuf> = BTreeMap::new();
        let mut faults = Vec::new();
        let mut is_first = |name: &str, file: &PathBuf| {
            let other = names.entry(name.to_owned()).or_insert(file.clone());
            if other != file {
                faults.push(Fault::new(
                    file.display(),
                    format!("has the name of {}", other.display()),
                    "a name is used once in the whole book; rename one of them",
                ));
            }
            other == file
        };
        for section in &mut self.sections {
            section.listings.retain(|l| is_first(&l.name, &l.source));
        }
        self.exercises.retain(|e| is_first(&e.name, &e.starter));
        self.faults.extend(faults);
    }
}
