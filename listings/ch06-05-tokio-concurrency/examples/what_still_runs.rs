use futures::executor;
use std::io;
use std::sync::mpsc::{self, Sender};
use tokio::runtime::Builder;
use tokio::sync::{oneshot, watch};
use tokio::task::{JoinSet, spawn_blocking, yield_now};

type Door = watch::Receiver<bool>;

async fn pass(mut door: Door, name: &'static str, names: Sender<&str>) {
    // An error says that `main` has gone, and nobody asks any more.
    if door.wait_for(|open| *open).await.is_ok() {
        names.send(name).expect("main listens");
    }
}

/// Waits at the door itself, in a task that it spawns, and in a closure on the
/// blocking pool, which has begun when `begun` says so.
async fn cook(
    begun: oneshot::Sender<()>,
    door: Door,
    names: Sender<&'static str>,
) {
    let child = pass(door.clone(), "task it spawned", names.clone());
    let closure = pass(door.clone(), "closure", names.clone());
    tokio::spawn(child);
    spawn_blocking(|| {
        begun.send(()).expect("main waits for it");
        executor::block_on(closure);
    });
    pass(door, "cook", names).await;
}

/// Stops a cook, opens the door, and lists who comes.
fn still_run(how: &str) -> io::Result<Vec<&'static str>> {
    let (open, door) = watch::channel(false);
    let (names, listed) = mpsc::channel();
    let (tx, begun) = oneshot::channel();
    let runtime = Builder::new_current_thread().build()?;
    let cook = cook(tx, door, names);
    runtime.block_on(async {
        let begun = async { begun.await.expect("it begins") };
        if how == "drop the future" {
            return tokio::select! { () = cook => {}, () = begun => {} };
        }
        let mut set = JoinSet::new();
        let handle = set.spawn(cook);
        begun.await;
        match how {
            "drop a JoinSet" => drop(set),
            "abort" => handle.abort(),
            _ => set.detach_all(),
        }
    });
    if how == "shut down the runtime" {
        runtime.shutdown_background();
        open.send_replace(true);
    } else {
        open.send_replace(true);
        runtime.block_on(async {
            while runtime.metrics().num_alive_tasks() > 0 {
                yield_now().await;
            }
        });
    }
    let mut names: Vec<_> = listed.iter().collect();
    names.sort_unstable();
    Ok(names)
}

fn main() -> io::Result<()> {
    for how in [
        "detach",
        "abort",
        "drop a JoinSet",
        "drop the future",
        "shut down the runtime",
    ] {
        println!("{how}: {}", still_run(how)?.join(", "));
    }
    Ok(())
}
