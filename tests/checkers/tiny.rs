//! The tiny book in `tests/checkers/tiny`, which has no fault until a test puts
//! one into it.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use book::check::{Context, RULES};
use book::fault::Fault;
use book::files::below;
use tempfile::TempDir;

/// What is copied: the files by name.
static FILES: LazyLock<Vec<(PathBuf, Vec<u8>)>> = LazyLock::new(|| {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("checkers/tiny");
    let files = below(&source).expect("the tiny book can be listed");
    let read = |file: PathBuf| {
        let name = file.strip_prefix(&source).expect("it is in there");
        (name.to_owned(), fs::read(&file).expect("it can be read"))
    };
    files.into_iter().map(read).collect()
});

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
        for (name, text) in FILES.iter() {
            tiny.write(name, text);
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
}
