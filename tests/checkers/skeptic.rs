//! The compiler that skeptic calls takes edition 2024 and refuses warnings.

use std::fs;
use std::process::Command;

use tempfile::TempDir;

#[test]
fn a_block_with_a_warning() {
    let dir = TempDir::new().expect("a temporary folder");
    let compiles = |text: &str| {
        let file = dir.path().join("block.rs");
        fs::write(&file, text).expect("the folder can be written");
        Command::new(env!("CARGO_BIN_EXE_page-rustc"))
            .arg(&file)
            .args(["--edition=2021", "--crate-type=bin", "-L"])
            .arg(dir.path())
            .arg("--emit=metadata=block.m")
            .current_dir(dir.path())
            .output()
            .expect("it can be run")
            .status
            .success()
    };
    // Let chains exist since edition 2024.
    let chain = "fn main() { if let 1 = 2 && true { panic!() } }";
    assert!(compiles(chain));
    let remembered = || {
        let memory = fs::read_dir(dir.path().join("checked-blocks"));
        memory.map_or(0, Iterator::count)
    };
    assert_eq!(remembered(), 1);
    assert!(!compiles("fn main() { let unused = 1; }"));
    assert!(!compiles("fn main() { missing() }"));
    assert_eq!(remembered(), 1, "a failure is never remembered");
}
