use tokio::process::{ChildStdin, ChildStdout};
use tokio::runtime::{Builder, Runtime};
use tokio::time::{Duration, timeout};

/// No test waits longer for what must come.
const PATIENCE: Duration = Duration::from_secs(5);

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_all().build();
    let multi = Builder::new_multi_thread().enable_all().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

/// Starts a shell with its family, and waits until all have said a letter.
///
/// They end with this process at the latest: all read from its pipe.
async fn family(script: &str) -> (Family, ChildStdin, ChildStdout) {
    let mut shell = Family::start(
        Command::new("sh")
            .args(["-c", script])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped()),
    )
    .expect("a shell");
    let to = shell.0.stdin.take().expect("a pipe");
    let mut from = shell.0.stdout.take().expect("a pipe");
    let ready = timeout(PATIENCE, from.read_exact(&mut [0; 3])).await;
    ready.expect("a family in time").expect("three letters");
    (shell, to, from)
}

/// Whoever can write into the pipe is gone.
async fn nobody_is_left(mut from: ChildStdout) {
    let mut rest = Vec::new();
    let end = timeout(PATIENCE, from.read_to_end(&mut rest)).await;
    end.expect("a pipe that stays open").expect("a pipe");
}

const THREE: &str = "exec 3<&0; (printf a; cat <&3) & \
    (printf b; cat <&3; :) & printf c; wait";

/// A family that is asked politely laughs.
const DEAF: &str = "trap '' TERM; exec 3<&0; (printf a; cat <&3) & \
    printf bc; wait";

/// Who has started the others is gone before them, and nobody has waited.
const ORPHANS: &str = "exec 3<&0; (printf ab; cat <&3) & printf c";

async fn one() {
    for script in [THREE, DEAF, ORPHANS] {
        let (shell, _to, from) = family(script).await;
        drop(shell);
        nobody_is_left(from).await;
    }
}

/// As many as a service starts, of which one goes and the others stay.
async fn many() {
    let mut families = Vec::new();
    for _ in 0..20 {
        families.push(family(THREE).await);
    }
    let (shell, _to, from) = families.remove(7);
    drop(shell);
    nobody_is_left(from).await;
    for (mut shell, _to, from) in families {
        let ended = shell.0.try_wait().expect("a child");
        assert!(
            ended.is_none(),
            "a family that nobody has dropped: {ended:?}"
        );
        drop(shell);
        nobody_is_left(from).await;
    }
}

/// Its number may be that of another process by now, so whom it has started stays.
async fn waited_for() {
    let (mut shell, mut to, mut from) = family(ORPHANS).await;
    let ended = timeout(PATIENCE, shell.0.wait()).await.expect("it ends");
    ended.expect("a child");
    drop(shell);
    let told = to.write_all(b"egg").await;
    let mut word = [0; 3];
    let read = timeout(PATIENCE, from.read_exact(&mut word)).await;
    let read = read.expect("an answer or an end in time");
    let alive = told.is_ok() && read.is_ok();
    assert!(alive, "a number that is no longer its own is used");
    drop(to);
    nobody_is_left(from).await;
}

fn main() {
    for runtime in runtimes() {
        runtime.block_on(async {
            one().await;
            many().await;
            waited_for().await;
        });
    }
}
