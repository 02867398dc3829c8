//! The compiler that skeptic calls for a block of a page: rustc, with what a
//! reader's `cargo` would add.
//!
//! Skeptic 0.14 does not know edition 2024 and asks for 2021; this asks for
//! 2024, and turns warnings into errors. It also remembers which blocks it has
//! checked: skeptic keeps the programs it has linked, but checks a block that
//! is only compiled anew in every run.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

use book::memory::{self, Stamp};

fn main() -> ExitCode {
    let args: Vec<OsString> = env::args_os()
        .skip(1)
        .map(|arg| match arg.to_str() {
            Some("--edition=2021") => "--edition=2024".into(),
            _ => arg,
        })
        .collect();
    let memory = memory(&args);
    if memory.as_ref().is_some_and(|file| file.exists()) {
        return ExitCode::SUCCESS;
    }
    let status = Command::new("rustc")
        .args(&args)
        .args(["-Dwarnings", "-Cdebuginfo=0"])
        .status();
    match status {
        Ok(status) if status.success() => {
            if let Some(file) = memory {
                // Without the file, the next run checks the block again.
                let _ = fs::create_dir_all(file.with_file_name(""));
                let _ = fs::write(file, "");
            }
            ExitCode::SUCCESS
        }
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cannot run rustc: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The file that exists once this block has been checked with these crates;
/// `None` for a call that is no check.
fn memory(args: &[OsString]) -> Option<PathBuf> {
    let text = |arg: &OsString| arg.to_string_lossy().into_owned();
    let block = args.iter().find(|arg| text(arg).ends_with(".rs"))?;
    args.iter().find(|arg| text(arg).starts_with("--emit="))?;
    let search = args.iter().position(|arg| arg == "-L")?;
    let folder = Path::new(args.get(search + 1)?).join("checked-blocks");
    let crates: Vec<Stamp> = args
        .iter()
        .filter(|arg| !text(arg).starts_with("--emit="))
        .filter_map(|arg| {
            Stamp::of(Path::new(text(arg).split_once('=')?.1)).ok()
        })
        .collect();
    // The toolchain names the compiler.
    let compiler = env::var("RUSTUP_TOOLCHAIN").ok()?;
    let facts = (fs::read(block).ok()?, compiler, crates);
    Some(memory::file(&folder, "block", &facts))
}
