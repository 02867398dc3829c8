use std::fs;
use tokio::runtime::{Builder, Runtime};
use tokio::task::JoinSet;

const LONG: Duration = Duration::from_secs(3600);
const SHORT: Duration = Duration::from_millis(100);

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_all().build();
    let multi = Builder::new_multi_thread().enable_all().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

/// The children of this process, as Linux lists them; also those that have
/// ended, until somebody asks how.
fn children() -> Vec<String> {
    let threads = fs::read_dir("/proc/self/task").expect("Linux");
    let lists = threads.map(|thread| {
        let path = thread.expect("a thread").path().join("children");
        fs::read_to_string(path).unwrap_or_default()
    });
    let words = |list: String| {
        list.split_whitespace()
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    lists.flat_map(words).collect()
}

async fn no_child_is_left() {
    for _ in 0..1000 {
        if children().is_empty() {
            return;
        }
        // Tokio looks after the dead whenever it starts a child, or hears of one.
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    let left = children();
    // They hold the standard error of this process, too.
    let kill = std::process::Command::new("kill").args(&left).status();
    panic!("{} children are left, {kill:?}", left.len());
}

async fn all_kinds() {
    assert_eq!(
        ask("echo toast", 6, LONG).await.ok().as_deref(),
        Some("toast\n")
    );
    assert!(ask("echo toast", 5, LONG).await.is_err(), "a byte too many");
    assert!(ask("exit 3", 6, LONG).await.is_err(), "a status");
    assert!(ask("printf '\\377'", 6, LONG).await.is_err(), "not UTF-8");
    assert!(ask("kill -9 $$", 6, LONG).await.is_err(), "a signal");
    let unlimited = ask("echo toast", u64::MAX, LONG).await;
    assert!(unlimited.is_ok(), "a limit of any size");
    // Three bytes and a half of a character: too long, and not "no UTF-8".
    let cut = ask("printf 'egg\\303\\266'", 3, LONG).await;
    let cut = cut
        .expect_err("five bytes, and three are allowed")
        .to_string();
    assert!(
        cut.contains("over 3 bytes"),
        "a limit within a character: {cut}"
    );
    let failed = ask("echo burnt >&2; exit 1", 6, LONG).await;
    let failed = failed.expect_err("a status").to_string();
    assert!(failed.contains("burnt"), "why it failed: {failed}");
    // What it complains has a limit, too.
    let loud = ask("exec yes >&2", 100, 50 * SHORT).await;
    let loud = loud.expect_err("it never ends").to_string();
    assert!(loud.contains("over 100 bytes"), "complaints: {loud}");
    // They say too much, say nothing, or stop listening to us and stay.
    for script in ["exec yes", "exec sleep 3600", "exec >&-; exec sleep 3600"] {
        let asked = tokio::time::timeout(50 * SHORT, ask(script, 100, SHORT));
        let asked = asked.await.expect("a child that is waited for");
        assert!(asked.is_err(), "{script}");
    }
    no_child_is_left().await;
}

async fn many() {
    let mut all = JoinSet::new();
    for number in 0..50 {
        all.spawn(async move {
            let said = ask(&format!("echo {number}"), 10, LONG).await;
            assert_eq!(said.expect("it says it"), format!("{number}\n"));
        });
    }
    all.join_all().await;
    no_child_is_left().await;
}

/// Whoever no longer wants to know takes the child along.
async fn dropped() {
    let asked = tokio::spawn(ask("exec sleep 3600", 10, LONG));
    while children().is_empty() {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    asked.abort();
    assert!(asked.await.is_err_and(|error| error.is_cancelled()));
    no_child_is_left().await;
}

fn main() {
    for runtime in runtimes() {
        runtime.block_on(async {
            all_kinds().await;
            many().await;
            dropped().await;
        });
    }
}
