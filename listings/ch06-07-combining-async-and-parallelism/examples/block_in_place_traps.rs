use std::sync::mpsc::channel;
use tokio::join;
use tokio::task::{JoinError, block_in_place, spawn_blocking};
use tokio::time::{Duration, sleep};

/// The tea is a task of its own; the egg is a branch beside the bread.
async fn breakfast(in_place: bool) -> Result<String, JoinError> {
    let (poured, tea) = channel();
    let (turned, egg) = channel();
    tokio::spawn(async move {
        let _ = poured.send(());
    });
    let turn_egg = async move {
        sleep(Duration::from_millis(1)).await;
        let _ = turned.send(());
    };
    // A busy machine may be late; a hang needs no patience.
    let short = Duration::from_millis(200);
    let long = Duration::from_secs(30);
    let patience = if in_place { short } else { long };
    let bake = move || {
        let tea = tea.recv_timeout(long);
        let egg = egg.recv_timeout(patience);
        format!("tea {tea:?}, egg {egg:?}")
    };
    let bread = async {
        match in_place {
            true => Ok(block_in_place(bake)),
            false => spawn_blocking(bake).await,
        }
    };
    join!(turn_egg, bread).1
}

#[tokio::main(worker_threads = 1)]
async fn main() -> Result<(), JoinError> {
    // Spawned, because the body of `main` does not run on a worker.
    let seen = tokio::spawn(breakfast(true)).await??;
    println!("block_in_place: {seen}");
    let seen = tokio::spawn(breakfast(false)).await??;
    println!("spawn_blocking: {seen}");
    Ok(())
}
