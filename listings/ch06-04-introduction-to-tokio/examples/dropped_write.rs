use std::error::Error;
use std::sync::mpsc;
use std::time::Duration;
use std::{env, fs, process};

use tokio::runtime::Builder;
use tokio::task::spawn_blocking;
use tokio::time::timeout;

fn main() -> Result<(), Box<dyn Error>> {
    let path = env::temp_dir().join(format!("order-{}", process::id()));
    let runtime = Builder::new_current_thread()
        .enable_all()
        .max_blocking_threads(1)
        .build()?;
    runtime.block_on(async {
        // Keeps the only thread of the pool busy, so that the write below
        // cannot even start before its future is dropped.
        let (go, wait) = mpsc::channel::<()>();
        let busy = spawn_blocking(move || wait.recv());

        let write = tokio::fs::write(&path, "2 eggs");
        let result = timeout(Duration::ZERO, write).await;
        println!("the write: {result:?}");
        println!("the file exists: {}", path.exists());

        go.send(())?;
        busy.await??;
        // The pool works in order: when this is done, so is what came before.
        spawn_blocking(|| ()).await?;
        println!("the file says: {:?}", fs::read_to_string(&path)?);
        fs::remove_file(&path)?;
        Ok(())
    })
}
