//! The compiler that skeptic calls for a block of a page: rustc, with what a
//! reader's `cargo` would add.
//!
//! Skeptic 0.14 does not know edition 2024 and asks for 2021; this asks for
//! 2024, and turns warnings into errors. It also remembers which blocks it has
//! checked: skeptic keeps the programs it has linked, but checks a block that
//! is only compiled anew in every run.

use std::collections::hash_map::DefaultHasher;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::hash::{Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::SystemTime;

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
    let block = args
        .iter()
        .find(|arg| Path::new(arg).extension().is_some_and(|e| e == "rs"))?;
    let is_check = args
        .iter()
        .any(|arg| arg.to_string_lossy().starts_with("--emit="));
    let search = args.iter().position(|arg| arg == "-L")?;
    let folder = Path::new(args.get(search + 1)?).join("checked-blocks");
    if !is_check {
        return None;
    }
    let mut hasher = DefaultHasher::new();
    fs::read(block).ok()?.hash(&mut hasher);
    compiler()?.hash(&mut hasher);
    for arg in args {
        let Some(arg) = arg.to_str() else { continue };
        // What is left out names the folder skeptic made for this one call.
        if let Some((_, path)) = arg.split_once('=')
            && !arg.starts_with("--emit=")
            && let Ok(file) = fs::metadata(path)
        {
            arg.hash(&mut hasher);
            file.len().hash(&mut hasher);
            file.modified().ok().map(since_epoch).hash(&mut hasher);
        }
    }
    Some(folder.join(format!("{:016x}", hasher.finish())))
}

/// Which compiler this is: its driver changes when the toolchain does.
fn compiler() -> Option<String> {
    env::var("RUSTUP_TOOLCHAIN").ok()
}

fn since_epoch(time: SystemTime) -> u128 {
    time.duration_since(SystemTime::UNIX_EPOCH)
        .map_or(0, |passed| passed.as_nanos())
}
