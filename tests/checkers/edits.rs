//! What the tests in Rust do to the tiny book, beside writing its files.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use book::fault::{mend, said};
use book::files::{below, children};
use snapbox::IntoData;

use crate::tiny::Tiny;

/// The page with the listings.
pub const PAGE: &str = "src/breakfast/toast.md";
/// The entry of the section.
pub const ENTRY: &str = "src/breakfast.md";
/// The manifest of the section.
pub const MANIFEST: &str = "listings/tiny/Cargo.toml";
/// The listing that works.
pub const TOAST: &str = "listings/tiny/examples/toast.rs";
/// The starter of the exercise.
pub const BOIL: &str = "exercises/tests/boil/starter.rs";

impl Tiny {
    /// With one text of a file replaced by another.
    pub fn but(self, file: &str, from: &str, to: &str) -> Tiny {
        let old = self.read(file);
        assert!(old.contains(from), "{file} has no {from}");
        self.with(file, old.replacen(from, to, 1))
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

    /// Demands that the rules say this and nothing else.
    #[track_caller]
    pub fn says(self, expected: impl IntoData) -> Tiny {
        snapbox::assert_data_eq!(
            said(&self.faults()),
            expected.into_data().raw()
        );
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
