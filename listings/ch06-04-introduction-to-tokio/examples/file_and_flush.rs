use std::io;

use tokio::fs::OpenOptions;
use tokio::io::AsyncWriteExt;

#[tokio::main]
async fn main() -> io::Result<()> {
    // A disk that is full, made by Linux for tests like this one.
    let mut disk = OpenOptions::new().write(true).open("/dev/full").await?;

    let written = disk.write_all(b"2 eggs, 1 toast\n").await;
    println!("write_all: {written:?}");

    let flushed = disk.flush().await.map_err(|error| error.kind());
    println!("flush:     {flushed:?}");
    Ok(())
}
