use std::sync::mpsc::{RecvTimeoutError, channel};
use std::time::Duration;
use tokio::task::{JoinError, block_in_place};

/// Spawns a waiter, then keeps the thread until the waiter has run, or until
/// its patience ends.
async fn call_and_block(in_place: bool) -> Result<(), RecvTimeoutError> {
    let (tx, rx) = channel();
    tokio::spawn(async move {
        let _ = tx.send(());
    });
    let block = |patience| rx.recv_timeout(patience);
    if in_place {
        // Ends as soon as the waiter runs, however busy the machine is.
        block_in_place(|| block(Duration::from_secs(30)))
    } else {
        block(Duration::from_millis(200))
    }
}

#[tokio::main(worker_threads = 4)]
async fn main() -> Result<(), JoinError> {
    // Spawned, because the body of `main` does not run on a worker.
    let blocking = tokio::spawn(call_and_block(false)).await?;
    println!("blocking:       {blocking:?}");
    let in_place = tokio::spawn(call_and_block(true)).await?;
    println!("block_in_place: {in_place:?}");
    Ok(())
}
