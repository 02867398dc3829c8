//! Running what nobody has read, within limits.
//!
//! On Linux with user namespaces, a program sees a world of its own: an empty
//! folder in memory, the system's libraries, which it cannot write, no home, no
//! target folder, no network but its own loopback, and no process but its own. When
//! the first of its processes ends, the system ends all. On another Linux, the
//! limits stand alone, and [`Walls::said`] says so. Elsewhere, nothing is run.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

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

/// A user who owns nothing, for what root would run.
#[cfg(target_os = "linux")]
const NOBODY: u32 = 65534;

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

    /// Runs to the end, or to the first limit.
    fn watch(
        self,
        mut command: Command,
        time: Duration,
        output: usize,
    ) -> Result<Ran> {
        let deadline = Instant::now() + time;
        command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        #[cfg(unix)]
        std::os::unix::process::CommandExt::process_group(&mut command, 0);
        let mut child = command.spawn().with_context(|| {
            format!("cannot start {}", command.get_program().display())
        })?;
        let (hear, heard) = mpsc::channel();
        let [stdout, stderr] = [0, 1].map(|_| Vec::new());
        let mut said = [stdout, stderr];
        reads(child.stdout.take(), 0, &hear);
        reads(child.stderr.take(), 1, &hear);
        drop(hear);
        let mut end = None;
        let mut until = deadline;
        loop {
            // No call of the system waits for a process and for what it prints.
            let next = until.min(Instant::now() + Duration::from_millis(2));
            let left = next.saturating_duration_since(Instant::now());
            match heard.recv_timeout(left) {
                Ok((stream, text)) => {
                    said[stream].extend(text);
                    if said[stream].len() > output {
                        said[stream].truncate(output);
                        end = end.or(Some(End::Output));
                        break;
                    }
                }
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) if end.is_some() => break,
                // It has closed its output, and may go on.
                Err(RecvTimeoutError::Disconnected) => thread::sleep(left),
            }
            if Instant::now() >= until {
                end = end.or(Some(End::Time));
                break;
            }
            if end.is_none()
                && let Some(status) = has_ended(&mut child)?
            {
                end = Some(End::Status(status));
                // The end of the first is the end of all: now the streams end, too,
                // unless somebody has left the group.
                self.end_others(&child);
                until = until.min(Instant::now() + Duration::from_secs(1));
            }
        }
        self.end_others(&child);
        child.kill()?;
        child.wait()?;
        let [stdout, stderr] =
            said.map(|text| String::from_utf8_lossy(&text).into_owned());
        Ok(Ran {
            end: end.unwrap_or(End::Time),
            stdout,
            stderr,
        })
    }

    /// Ends what a process has started. In a namespace, all end with the first;
    /// without one, what is in its group does.
    fn end_others(self, child: &Child) {
        // The child has not been waited for, so that its number is still its own,
        // and that of its group.
        #[cfg(target_os = "linux")]
        if self == Walls::Limits {
            use rustix::process::{Pid, Signal, kill_process_group};
            // A group without a living process is no fault.
            let _ = kill_process_group(Pid::from_child(child), Signal::KILL);
        }
        #[cfg(not(target_os = "linux"))]
        let _ = child;
    }
}

/// Passes on what a stream holds, in pieces, until somebody no longer listens.
fn reads(
    stream: Option<impl Read + Send + 'static>,
    number: usize,
    hear: &Sender<(usize, Vec<u8>)>,
) {
    let hear = hear.clone();
    // It ends with the stream. Who keeps that open after its end, in a session of
    // its own and outside of namespaces, keeps this thread, and not the gate.
    thread::spawn(move || {
        let Some(mut stream) = stream else { return };
        let mut piece = [0; 4096];
        while let Ok(length @ 1..) = stream.read(&mut piece) {
            if hear.send((number, piece[..length].to_vec())).is_err() {
                return;
            }
        }
    });
}

/// The status of a process that has ended, which is not waited for: its number
/// stays its own.
#[cfg(target_os = "linux")]
fn has_ended(child: &mut Child) -> io::Result<Option<i32>> {
    use rustix::process::{Pid, WaitId, WaitIdOptions, waitid};
    let options =
        WaitIdOptions::EXITED | WaitIdOptions::NOHANG | WaitIdOptions::NOWAIT;
    let ended = waitid(WaitId::Pid(Pid::from_child(child)), options)?;
    Ok(ended.map(|ended| {
        let signal = ended.terminating_signal().map(|number| 128 + number);
        ended.exit_status().or(signal).unwrap_or(-1)
    }))
}

#[cfg(not(target_os = "linux"))]
fn has_ended(child: &mut Child) -> io::Result<Option<i32>> {
    let ended = child.try_wait()?;
    Ok(ended.map(|status| status.code().unwrap_or(-1)))
}

/// A command that ends when the gate does, so that Ctrl-C leaves nothing behind.
fn with_the_gate() -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]);
    command
}

/// As [`with_the_gate`], and as a user who owns nothing where root calls: no limit
/// of processes holds root.
#[cfg(target_os = "linux")]
fn as_nobody(dir: &Path) -> Result<Command> {
    let mut command = with_the_gate();
    if rustix::process::getuid().is_root() {
        std::os::unix::fs::chown(dir, Some(NOBODY), Some(NOBODY))?;
        command
            .arg(format!("--reuid={NOBODY}"))
            .arg(format!("--regid={NOBODY}"))
            .arg("--clear-groups");
    }
    Ok(command)
}

#[cfg(not(target_os = "linux"))]
fn as_nobody(_: &Path) -> Result<Command> {
    Ok(with_the_gate())
}

fn prlimits(limits: &Limits, processes: u64) -> Vec<String> {
    vec![
        format!("--as={}", limits.memory),
        format!("--nproc={processes}"),
        // For a file; in a world of its own, its whole folder has as much.
        format!("--fsize={}", 64 << 20),
        // A loop that nobody ends, ends.
        format!("--cpu={}", 2 * limits.time.as_secs().max(1)),
        "--core=0".to_owned(),
    ]
}

/// How many processes and threads the user runs who will run the program: without
/// a namespace, they count.
#[cfg(target_os = "linux")]
fn running() -> Result<u64> {
    use std::os::unix::fs::MetadataExt;
    let me = rustix::process::getuid();
    let user = if me.is_root() { NOBODY } else { me.as_raw() };
    let mut running = 0;
    for process in std::fs::read_dir("/proc")? {
        let tasks = process?.path().join("task");
        // What has ended meanwhile does not count.
        let own = |meta: std::fs::Metadata| meta.uid() == user;
        if tasks.metadata().is_ok_and(own) {
            let tasks = std::fs::read_dir(tasks).map(Iterator::count);
            running += tasks.unwrap_or(0) as u64;
        }
    }
    Ok(running)
}

#[cfg(not(target_os = "linux"))]
fn running() -> Result<u64> {
    Ok(0)
}

/// Makes a world in the folder that is its first argument, and puts the program
/// that is its second into it. The others are what is called there.
const WORLD: &str = r#"
set -eu
root=$1 program=$2
shift 2
mount -t tmpfs -o size=128m,mode=755 none "$root"
cd "$root"
for dir in usr bin sbin lib lib32 lib64 libx32 nix gnu; do
    if [ -L "/$dir" ]; then
        ln -s "$(readlink "/$dir")" "$dir"
    elif [ -d "/$dir" ]; then
        mkdir "$dir"
        mount --rbind "/$dir" "$dir"
        mount -o remount,bind,ro "$root/$dir"
    fi
done
mkdir proc dev answer
mount -t proc proc proc
for name in null zero random urandom; do
    : >"dev/$name"
    mount --bind "/dev/$name" "dev/$name"
done
: >program
mount --bind "$program" program
mount -o remount,bind,ro "$root/program"
ip link set lo up 2>/dev/null || :
# This shell stays the first process, whose end is the end of all; it has nothing to
# say of the program's.
exec chroot . /bin/sh -c '
    cd /answer
    exec 3>&2 2>/dev/null
    (exec 2>&3 3>&-; exec "$@")
    exit $?
' sh "$@"
"#;

/// Calls `/program` without the rights that made its world.
const WITHOUT_RIGHTS: [&str; 5] = [
    "setpriv",
    "--no-new-privs",
    "--bounding-set=-all",
    "--inh-caps=-all",
    "/program",
];
