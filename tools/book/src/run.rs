//! Running a listing as a reader would.

use std::env;
use std::ffi::OsStr;
use std::path::Path;
use std::process::{ExitStatus, Output};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use regex::Regex;
use snapbox::cmd::Command;

/// How long a program may run before it is killed. No listing takes a tenth
/// of this; the limit only turns a hang into a message.
pub const LIMIT: Duration = Duration::from_secs(60);

/// How long a listing may run. A reader waits no longer, and the Rust
/// Playground, where pages offer to run it, not much longer.
pub const PATIENCE: Duration = Duration::from_secs(5);

/// What a program needs to find its way; the last two, if it calls cargo.
const KEYS: [&str; 7] = [
    "PATH",
    "HOME",
    "TMPDIR",
    "TEMP",
    "SYSTEMROOT",
    "CARGO_HOME",
    "RUSTUP_HOME",
];

/// What a program did.
#[derive(Debug)]
pub struct Done {
    /// Standard output.
    pub stdout: String,
    /// Standard error.
    pub stderr: String,
    /// The exit status as a shell shows it: 128 plus the number of the signal
    /// that ended the program.
    pub exit: i32,
    /// How long it ran.
    pub took: Duration,
}

/// Runs `program` in the folder `root`, where the reader's command runs it.
///
/// The environment holds only `variables` and what a program needs to find its
/// way, so that `RUST_LOG`, `RAYON_NUM_THREADS` or a proxy of the machine
/// changes nothing.
///
/// # Errors
///
/// When the program cannot be started, prints something that is not UTF-8, or
/// does not end within [`LIMIT`].
pub fn run(
    program: &Path,
    args: &[String],
    root: &Path,
    variables: &[(&str, &OsStr)],
) -> Result<Done> {
    let mut command = Command::new(program)
        .args(args)
        .env_clear()
        .envs(variables.iter().copied())
        .current_dir(root)
        .timeout(LIMIT);
    for key in KEYS {
        if let Some(value) = env::var_os(key) {
            command = command.env(key, value);
        }
    }
    let start = Instant::now();
    let Output {
        status,
        stdout,
        stderr,
    } = command
        .output()
        .with_context(|| format!("cannot run {}", program.display()))?;
    let took = start.elapsed();
    Ok(Done {
        took,
        stdout: normal(&String::from_utf8(stdout)?),
        stderr: normal(&String::from_utf8(stderr)?),
        exit: exit_code(status),
    })
}

/// Replaces the number that the operating system gave a thread. A panic prints
/// it since Rust 1.91, and it differs in every run.
fn normal(text: &str) -> String {
    static THREAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?m)^(thread '[^']*') \(\d+\)")
            .expect("the pattern is correct")
    });
    THREAD.replace_all(text, "$1 ([..])").into_owned()
}

fn exit_code(status: ExitStatus) -> i32 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status)
    {
        return 128 + signal;
    }
    status.code().unwrap_or(-1)
}
