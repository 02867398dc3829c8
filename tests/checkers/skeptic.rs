//! The compiler that skeptic calls takes edition 2024 and refuses warnings, and
//! what is remembered of it is that it accepted a block.

use std::fs;
use std::process::Command;

use anyhow::{Result, ensure};
use book::memory;
use tempfile::TempDir;

#[test]
fn a_block_with_a_warning() {
    let dir = TempDir::new().expect("a temporary folder");
    let compiles = |text: &str| -> Result<()> {
        let file = dir.path().join("block.rs");
        fs::write(&file, text)?;
        let status = Command::new(env!("CARGO_BIN_EXE_page-rustc"))
            .arg(&file)
            .args(["--edition=2021", "--crate-type=bin", "-L"])
            .arg(dir.path())
            .arg("--emit=metadata=block.m")
            .current_dir(dir.path())
            .output()?
            .status;
        ensure!(status.success());
        Ok(())
    };
    let accepted = dir.path().join("accepted");
    for refused in ["fn main() { let unused = 1; }", "fn main() { missing() }"]
    {
        assert!(memory::unless_done(&accepted, || compiles(refused)).is_err());
    }
    assert!(!accepted.exists(), "a failure is never remembered");
    // Let chains exist since edition 2024.
    let chain = "fn main() { if let 1 = 2 && true { panic!() } }";
    assert!(memory::unless_done(&accepted, || compiles(chain)).is_ok());
    assert!(memory::unless_done(&accepted, || unreachable!()).is_ok());
}
