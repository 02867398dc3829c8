//! Cargo itself: which one, where it works, and who has started it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::listings::root_of_the_book;

/// Builds, and returns what cargo says.
pub(super) fn built(root: &Path, features: &[&str]) -> Result<Vec<u8>> {
    let output = cargo_in(root)
        .args(["build", "--workspace", "--examples", "--lib"])
        .args(["--features", &features.join(",")])
        .arg("--message-format=json-render-diagnostics")
        .output()
        .context("cargo build")?;
    if !output.status.success() {
        bail!(
            "cargo build --workspace --examples failed:\n{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
    Ok(output.stdout)
}

/// The number and the start of the `cargo test` that has started this process,
/// where Linux tells them, with a folder for what its tests share. Cargo has built
/// all that they need before it starts the first.
pub(super) fn cargo_test() -> Option<(PathBuf, [String; 2])> {
    let field = |process: &str, at: usize| {
        let stat = fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
        stat.split(' ').nth(at).map(str::to_owned)
    };
    let parent = field("self", 3)?;
    // Nothing else: a shell starts tests between which a listing changes.
    if field(&parent, 1)? != "(cargo)" {
        return None;
    }
    let start = field(&parent, 21)?;
    // target/debug/deps/NAME
    let profile = env::current_exe().ok()?.ancestors().nth(2)?.to_owned();
    Some((profile.join("asked-of-cargo"), [parent, start]))
}

/// Cargo, in the folder `root`.
///
/// A tiny book of the checkers' tests is built in a target folder of its own,
/// whatever the environment says of this book's: in one folder, cargo would find
/// fresh what belongs to the package of the same name in another tiny book.
pub(crate) fn cargo_in(root: &Path) -> Command {
    let mut command = Command::new(cargo());
    command.current_dir(root);
    if root != root_of_the_book() {
        command
            .env("CARGO_TARGET_DIR", root.join("target"))
            .env_remove("CARGO_BUILD_BUILD_DIR");
    }
    command
}

/// The cargo that runs this test.
pub(crate) fn cargo() -> OsString {
    env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
