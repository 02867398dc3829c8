//! Running what nobody has read, within limits.
//!
//! On Linux with user namespaces, a program sees a world of its own: an empty
//! folder in memory, the system's libraries, which it cannot write, no home, no
//! target folder, no network but its own loopback, and no process but its own. When
//! the first of its processes ends, the system ends all. On another Linux, the
//! limits stand alone, and [`Walls::said`] says so. Elsewhere, nothing is run.

use std::path::Path;
use std::process::Command;
use std::time::Duration;

use anyhow::Result;

mod means;
mod watch;

use means::{
    WITHOUT_RIGHTS, WORLD, as_nobody, prlimits, running, with_the_gate,
};

/// How much of a program's output is read at most. What it has printed beyond
/// that, nobody would read.
const OUTPUT: usize = 64 << 10;

/// As for programs, for a compiler: one error can take a screen.
const DIAGNOSTICS: usize = 4 << 20;

/// How long a compiler may take.
const COMPILE: Duration = Duration::from_secs(60);

/// The address space of a compiler in bytes, three times as much as a program with
/// axum and reqwest needs.
const COMPILER: u64 = 3 << 30;

/// The environment variables without which a compiler does not find its linker.
const KEYS: [&str; 2] = ["PATH", "TMPDIR"];

/// What a program may use.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until its end, on the clock on the wall.
    pub time: Duration,
    /// The address space of each process, in bytes.
    pub memory: u64,
    /// Processes and threads at a time.
    pub processes: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            time: Duration::from_secs(10),
            memory: 2 << 30,
            processes: 128,
        }
    }
}

/// What stands between a program and the machine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Walls {
    /// Namespaces of its own.
    Namespaces,
    /// Limits alone.
    Limits,
    /// Nothing, so that nothing is run.
    None,
}

/// How a process ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// By itself, with this status; 128 plus the number of a signal.
    Status(i32),
    /// It was ended, because its time was up.
    Time,
    /// It was ended, because it printed too much.
    Output,
}

/// What a process did.
#[derive(Debug)]
pub struct Ran {
    /// How it ended.
    pub end: End,
    /// Standard output, as far as it was read.
    pub stdout: String,
    /// Standard error, as far as it was read.
    pub stderr: String,
}

impl Walls {
    /// The best that this system has: tried, not believed.
    pub fn of_this_system() -> Walls {
        if !cfg!(target_os = "linux") {
            return Walls::None;
        }
        let tried = [Walls::Namespaces, Walls::Limits].into_iter();
        let mut holds = tried.filter(|walls| {
            let ran = tempfile::tempdir().map_err(Into::into).and_then(|dir| {
                let program = Path::new("/bin/true");
                walls.run(program, &[], dir.path(), &Limits::default())
            });
            ran.is_ok_and(|ran| ran.end == End::Status(0))
        });
        holds.next().unwrap_or(Walls::None)
    }

    /// What a reader must know before anything is run.
    pub fn said(self) -> &'static str {
        match self {
            Walls::Namespaces => {
                "Programs run without the network, and see neither your home \
                 nor the target folder."
            }
            Walls::Limits => {
                "Programs run WITH the network, and may do what you may: this \
                 system gives them no namespaces."
            }
            Walls::None => {
                "Programs are compiled and not run: this system has neither \
                 namespaces nor prlimit."
            }
        }
    }

    /// Runs a program in an empty folder, which is `dir` or in its place.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn run(
        self,
        program: &Path,
        args: &[&str],
        dir: &Path,
        limits: &Limits,
    ) -> Result<Ran> {
        let mut command = match self {
            Walls::Namespaces => {
                let mut command = as_nobody(dir)?;
                command
                    .args(["unshare", "--user", "--map-root-user", "--net"])
                    .args(["--pid", "--ipc", "--mount", "--fork"])
                    .args(["--kill-child", "sh", "-c", WORLD, "world"])
                    .args([dir, program])
                    .arg("prlimit")
                    .args(prlimits(limits, limits.processes))
                    .args(WITHOUT_RIGHTS);
                command
            }
            Walls::Limits => {
                let mut command = as_nobody(dir)?;
                // Without a namespace, all that the user runs counts, and others
                // may start something meanwhile.
                let processes = running()? + 4 * limits.processes;
                command
                    .arg("prlimit")
                    .args(prlimits(limits, processes))
                    .arg(program);
                command
            }
            Walls::None => anyhow::bail!("this system has no walls"),
        };
        command
            .args(args)
            .current_dir(dir)
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin")
            .env(
                "HOME",
                if self == Walls::Limits {
                    "."
                } else {
                    "/answer"
                },
            )
            // A pool of memory for each thread would take the address space.
            .env("MALLOC_ARENA_MAX", "2");
        self.watch(command, limits.time, OUTPUT)
    }

    /// Runs a compiler, with the rights of whoever calls: it executes nothing of
    /// what it compiles, and must read crates wherever they are. It gets no
    /// network, and its children end with it.
    ///
    /// # Errors
    ///
    /// When it cannot be started.
    pub fn compile(self, compiler: &Command, dir: &Path) -> Result<Ran> {
        let mut command = match self {
            Walls::Namespaces => {
                let mut command = with_the_gate();
                command
                    .args(["unshare", "--user", "--map-root-user", "--net"])
                    .args(["--pid", "--fork", "--kill-child", "sh", "-c"])
                    // Not as the first process of its world, which some signals
                    // do not reach.
                    .args([r#""$@"; exit $?"#, "sh"]);
                command
            }
            Walls::Limits => with_the_gate(),
            Walls::None => Command::new(compiler.get_program()),
        };
        if self != Walls::None {
            command
                .arg("prlimit")
                .arg(format!("--as={COMPILER}"))
                .arg("--core=0")
                .arg(compiler.get_program());
        }
        command
            .args(compiler.get_args())
            .current_dir(dir)
            .env_clear();
        for key in KEYS {
            if let Some(value) = std::env::var_os(key) {
                command.env(key, value);
            }
        }
        self.watch(command, COMPILE, DIAGNOSTICS)
    }
}
