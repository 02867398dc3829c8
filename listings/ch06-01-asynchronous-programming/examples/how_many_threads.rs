use std::io;
use std::process::{Command, ExitCode};
use std::sync::{RwLock, mpsc};
use std::{env, thread};

use futures::FutureExt;
use futures::channel::oneshot;
use tokio::runtime::Builder;

const WAITS: usize = 10_000;
const INSIDE: &str = "HOW_MANY_THREADS_INSIDE";

/// Waits in threads until the system refuses one; returns how many there were.
fn in_threads() -> (usize, Option<io::Error>) {
    let gate = RwLock::new(());
    thread::scope(|scope| {
        let _closed = gate.write();
        for count in 0..WAITS {
            let (arrive, arrived) = mpsc::channel();
            let gate = &gate;
            let wait = move || {
                arrive.send(()).ok();
                drop(gate.read());
            };
            let thread = thread::Builder::new().spawn_scoped(scope, wait);
            if let Err(refused) = thread {
                return (count, Some(refused));
            }
            // One at a time: to start, a thread needs memory of its own.
            arrived.recv().ok();
        }
        (WAITS, None)
    })
}

async fn in_tasks() -> usize {
    let (open, gate) = oneshot::channel::<()>();
    let gate = gate.shared();
    let all: Vec<_> = (0..WAITS).map(|_| tokio::spawn(gate.clone())).collect();
    tokio::spawn(async {}).await.ok();
    let waiting = all.iter().filter(|task| !task.is_finished()).count();
    drop(open);
    for task in all {
        task.await.expect("a gate does not panic").ok();
    }
    waiting
}

fn main() -> io::Result<ExitCode> {
    if env::var_os(INSIDE).is_none() {
        // Once more, in a process that may address 1 GiB.
        let status = Command::new("sh")
            .args(["-c", "ulimit -v 1048576 && exec \"$0\""])
            .arg(env::current_exe()?)
            .env(INSIDE, "yes")
            // glibc reserves heaps for threads; here only their stacks count.
            .env("MALLOC_ARENA_MAX", "1")
            .status()?;
        let failed = !status.success();
        return Ok(ExitCode::from(u8::from(failed)));
    }
    let tasks = Builder::new_current_thread().build()?.block_on(in_tasks());
    println!("{tasks} tasks wait");
    let (threads, refused) = in_threads();
    println!("{threads} threads wait");
    if let Some(error) = refused {
        println!("the next thread: {error}");
    }
    // Ten times as many, and the tasks were not at their limit.
    Ok(ExitCode::from(u8::from(tasks < 10 * threads)))
}
