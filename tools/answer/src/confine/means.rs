//! The programs and texts of a Linux system that hold another program.

use std::path::Path;
use std::process::Command;

use anyhow::Result;

use super::Limits;

/// A user who owns nothing, for what root would run.
#[cfg(target_os = "linux")]
const NOBODY: u32 = 65534;

/// A command that ends when the gate does, so that Ctrl-C leaves nothing behind.
pub(super) fn with_the_gate() -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL"]);
    command
}

/// As [`with_the_gate`], and as a user who owns nothing where root calls: no limit
/// of processes holds root.
#[cfg(target_os = "linux")]
pub(super) fn as_nobody(dir: &Path) -> Result<Command> {
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
pub(super) fn as_nobody(_: &Path) -> Result<Command> {
    Ok(with_the_gate())
}

pub(super) fn prlimits(limits: &Limits, processes: u64) -> Vec<String> {
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
pub(super) fn running() -> Result<u64> {
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
pub(super) fn running() -> Result<u64> {
    Ok(0)
}

/// Makes a world in the folder that is its first argument, and puts the program
/// that is its second into it. The others are what is called there.
pub(super) const WORLD: &str = r#"
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
pub(super) const WITHOUT_RIGHTS: [&str; 5] = [
    "setpriv",
    "--no-new-privs",
    "--bounding-set=-all",
    "--inh-caps=-all",
    "/program",
];
