//! Running a listing as a reader would.

use std::env;
use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{ExitStatus, Output};
use std::sync::LazyLock;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use regex::Regex;
use snapbox::cmd::Command;

/// How long a program may run before it is killed. No listing takes a tenth
/// of this; the limit only turns a hang into a message. How long a program takes
/// is not judged: beside busy neighbours, any takes longer.
pub const LIMIT: Duration = Duration::from_secs(60);

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
    /// Whether it was killed, because its time was up.
    pub hangs: bool,
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
    within(LIMIT, program, args, root, variables)
}

/// As [`run`], for a program that is killed when it has run for `limit`.
///
/// # Errors
///
/// When the program cannot be started, or prints something that is not UTF-8.
pub fn within(
    limit: Duration,
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
        .timeout(limit);
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
    Ok(Done {
        // The watchdog waits for whole milliseconds, and rounds down.
        hangs: start.elapsed() + Duration::from_millis(1) >= limit,
        stdout: normal(&String::from_utf8(stdout)?),
        stderr: normal(&String::from_utf8(stderr)?),
        exit: exit_code(status),
    })
}

/// Runs `program` as [`run`] does, on one of the cores that this process may use.
///
/// # Errors
///
/// Those of [`run`], and where there is no Linux with its `taskset`.
pub fn on_one_core(program: &Path, root: &Path) -> Result<Done> {
    let status = fs::read_to_string("/proc/self/status")
        .context("only Linux says which cores a process may use")?;
    let allowed = status.lines().find_map(|line| {
        let cores = line.strip_prefix("Cpus_allowed_list:")?.trim();
        cores.split(['-', ',']).next()
    });
    let core = allowed.context("no core in /proc/self/status")?;
    let program = program.to_str().context("a path that is not UTF-8")?;
    let args = ["-c", core, program].map(str::to_owned);
    run(Path::new("taskset"), &args, root, &[])
}

/// How many numbers of threads and of tasks are replaced in a kept output.
pub fn masked(kept: &str) -> [usize; 2] {
    static MASKS: LazyLock<[Regex; 2]> = LazyLock::new(|| {
        [
            r"(?m)^thread '[^']*' \(\[\.\.\]\)",
            r"\bId\(\[\.\.\]\)|\btask \[\.\.\] (panicked|was cancelled)",
        ]
        .map(|mask| Regex::new(mask).expect("the pattern is correct"))
    });
    MASKS.each_ref().map(|mask| mask.find_iter(kept).count())
}

/// Replaces what no run promises: the number that the operating system gave a
/// thread, which a panic prints since Rust 1.91, and the number that Tokio gave a
/// task, which tells one task from another and nothing more.
fn normal(text: &str) -> String {
    static NUMBERS: LazyLock<[(Regex, &str); 3]> = LazyLock::new(|| {
        [
            (r"(?m)^(thread '[^']*') \(\d+\)", "$1 ([..])"),
            (r"\bId\(\d+\)", "Id([..])"),
            (r"\btask \d+ (panicked|was cancelled)", "task [..] $1"),
        ]
        .map(|(number, mask)| {
            (Regex::new(number).expect("the pattern is correct"), mask)
        })
    });
    let mut text = text.to_owned();
    for (number, mask) in &*NUMBERS {
        text = number.replace_all(&text, *mask).into_owned();
    }
    text
}

fn exit_code(status: ExitStatus) -> i32 {
    #[cfg(unix)]
    if let Some(signal) = std::os::unix::process::ExitStatusExt::signal(&status)
    {
        return 128 + signal;
    }
    status.code().unwrap_or(-1)
}

#[cfg(test)]
mod tests {
    use super::{masked, normal};

    #[test]
    fn the_numbers_of_threads_and_tasks_are_replaced() {
        for (said, normally) in [
            (
                "thread 'main' (7) panicked",
                "thread 'main' ([..]) panicked",
            ),
            ("Panic(Id(41), \"hot\")", "Panic(Id([..]), \"hot\")"),
            ("eggs: task 12 panicked", "eggs: task [..] panicked"),
            ("task 1 was cancelled", "task [..] was cancelled"),
        ] {
            assert_eq!(normal(said), normally);
            // The ledger counts them.
            assert_eq!(masked(said), [0, 0]);
            assert_eq!(masked(normally).iter().sum::<usize>(), 1);
        }
    }

    #[test]
    fn other_numbers_stay() {
        for said in ["ThreadId(1)", "task 4: soup", "served by thread (7)"] {
            assert_eq!(normal(said), said);
        }
    }
}
