//! The tiny book in `tests/checkers/tiny`, which has no fault until a test puts
//! one into it.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use book::check::{Context, RULES};
use book::fault::{Fault, mend};
use book::files::{below, children};
use snapbox::IntoData;
use tempfile::TempDir;

/// The page with the listings.
pub const PAGE: &str = "src/breakfast/toast.md";
/// The page with the exercise.
pub const PRACTICE: &str = "src/breakfast/practice.md";
/// The entry of the section.
pub const ENTRY: &str = "src/breakfast.md";
/// The page with the corrections.
pub const ROWS: &str = "src/appendix-corrections.md";
/// The manifest of the section.
pub const MANIFEST: &str = "listings/tiny/Cargo.toml";
/// The listing that works.
pub const TOAST: &str = "listings/tiny/examples/toast.rs";
/// The starter of the exercise.
pub const BOIL: &str = "exercises/tests/boil/starter.rs";

/// A copy of the tiny book in a temporary folder.
pub struct Tiny {
    dir: TempDir,
}

impl Tiny {
    /// A copy without fault.
    pub fn new() -> Tiny {
        // In memory, where the system has such a folder: to make the files on a
        // disk takes as long as to render them.
        let dir = TempDir::new_in("/dev/shm").or_else(|_| TempDir::new());
        let tiny = Tiny {
            dir: dir.expect("a temporary folder"),
        };
        let source =
            Path::new(env!("CARGO_MANIFEST_DIR")).join("checkers/tiny");
        for file in below(&source).expect("the tiny book can be listed") {
            let name = file.strip_prefix(&source).expect("it is in there");
            tiny.write(name, &fs::read(&file).expect("it can be read"));
        }
        tiny
    }

    pub fn root(&self) -> &Path {
        self.dir.path()
    }

    fn write(&self, file: impl AsRef<Path>, text: &[u8]) {
        let path = self.root().join(file);
        fs::create_dir_all(path.parent().expect("a file has a folder"))
            .and_then(|()| fs::write(&path, text))
            .expect("the temporary folder can be written");
    }

    pub fn read(&self, file: &str) -> String {
        fs::read_to_string(self.root().join(file)).expect("it can be read")
    }

    /// With this file.
    pub fn with(self, file: &str, text: impl AsRef<[u8]>) -> Tiny {
        self.write(file, text.as_ref());
        self
    }

    /// With one text of a file replaced by another.
    pub fn but(self, file: &str, from: &str, to: &str) -> Tiny {
        let old = self.read(file);
        assert!(old.contains(from), "{file} has no {from}");
        self.write(file, old.replacen(from, to, 1).as_bytes());
        self
    }

    /// With this below the listings of the page.
    pub fn show(self, text: &str) -> Tiny {
        self.but(PAGE, "It was", &format!("{text}\n\nIt was"))
    }

    /// With this in the manifest of the section.
    pub fn declare(self, text: &str) -> Tiny {
        let old = self.read(MANIFEST);
        self.with(MANIFEST, format!("{old}\n{text}\n"))
    }

    /// Every fault that the rules find, each with the name of its rule.
    pub fn faults(&self) -> Vec<(&'static str, Fault)> {
        let context = Context::load(self.root())
            .unwrap_or_else(|error| panic!("{error:#}"));
        RULES
            .iter()
            .flat_map(|(name, rule)| {
                rule(&context).into_iter().map(move |fault| (*name, fault))
            })
            .collect()
    }

    /// Demands that the rules say this and nothing else.
    #[track_caller]
    pub fn says(self, expected: impl IntoData) -> Tiny {
        let faults = self.faults().into_iter();
        let said = faults.map(|(rule, fault)| format!("[{rule}] {fault}\n"));
        let said: String = said.collect();
        snapbox::assert_data_eq!(said, expected.into_data().raw());
        self
    }

    /// Demands that no fault is left when the overwrite mode has written what
    /// the rules know.
    #[track_caller]
    pub fn mends(self) -> Tiny {
        let faults = self.faults().into_iter().map(|(_, fault)| fault);
        mend(self.root(), faults.collect()).expect("it can be written");
        self.says("")
    }

    /// Moves the book to where the one called `name` stood in the last run:
    /// there cargo finds fresh what has not changed. The folder then holds the
    /// same files, and what cargo has made of them.
    pub fn settle(&self, name: &str) -> PathBuf {
        let place = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        // Cargo writes its own lock, and the toolchain is that of the test.
        let own = ["Cargo.lock", "rust-toolchain.toml"].map(PathBuf::from);
        let files = |root: &Path| -> BTreeSet<PathBuf> {
            let top = children(root).unwrap_or_default().into_iter();
            top.filter(|path| !path.ends_with("target"))
                .flat_map(|path| match path.is_dir() {
                    true => below(&path).unwrap_or_default(),
                    false => vec![path],
                })
                .filter_map(|f| Some(f.strip_prefix(root).ok()?.to_owned()))
                .filter(|file| !own.contains(file))
                .collect()
        };
        let wanted = files(self.root());
        for file in files(&place).difference(&wanted) {
            fs::remove_file(place.join(file)).expect("it can be removed");
        }
        for file in wanted {
            let text = fs::read(self.root().join(&file)).expect("it is there");
            let path = place.join(&file);
            // Only what has changed becomes younger.
            if fs::read(&path).ok().as_ref() != Some(&text) {
                let folder = path.parent().expect("a file has a folder");
                fs::create_dir_all(folder)
                    .and_then(|()| fs::write(&path, text))
                    .expect("the folder can be written");
            }
        }
        place
    }
}
