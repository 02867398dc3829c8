//! The compiler that skeptic calls for a block of a page: rustc, with what a
//! reader's `cargo` would add.
//!
//! Skeptic 0.14 does not know edition 2024 and asks for 2021; this asks for
//! 2024, and turns warnings into errors.

use std::env;
use std::process::{Command, ExitCode};

fn main() -> ExitCode {
    let args = env::args_os().skip(1).map(|arg| match arg.to_str() {
        Some("--edition=2021") => "--edition=2024".into(),
        _ => arg,
    });
    let status = Command::new("rustc")
        .args(args)
        .args(["-Dwarnings", "-Cdebuginfo=0"])
        .status();
    match status {
        Ok(status) if status.success() => ExitCode::SUCCESS,
        Ok(_) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("cannot run rustc: {error}");
            ExitCode::FAILURE
        }
    }
}
