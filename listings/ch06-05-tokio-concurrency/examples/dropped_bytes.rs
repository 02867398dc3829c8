use futures::poll;
use std::io;
use std::pin::pin;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use tokio::io::{BufReader, duplex};

/// What `select!` does to a loser: polls it, and drops it while it waits.
async fn lose(future: impl Future) {
    assert!(poll!(pin!(future)).is_pending());
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let (mut printer, mut line) = duplex(64);
    printer.write_all(b"EG").await?;
    lose(line.read_exact(&mut [0; 4])).await;
    printer.write_all(b"GS").await?;
    let mut rest = Vec::new();
    line.read_buf(&mut rest).await?;
    println!("read_exact: {}", rest.escape_ascii());

    let (mut printer, line) = duplex(64);
    let mut lines = BufReader::new(line);
    printer.write_all(b"EG").await?;
    lose(lines.read_line(&mut String::new())).await;
    printer.write_all(b"GS\n").await?;
    let mut rest = String::new();
    lines.read_line(&mut rest).await?;
    println!("read_line: {}", rest.escape_debug());

    let (mut printer, line) = duplex(64);
    let mut lines = BufReader::new(line).lines();
    printer.write_all(b"EG").await?;
    lose(lines.next_line()).await;
    printer.write_all(b"GS\n").await?;
    println!("next_line: {:?}", lines.next_line().await?);

    // Half of the ticket finds room; the second attempt begins anew.
    let (mut waiter, mut line) = duplex(2);
    lose(waiter.write_all(b"EGGS")).await;
    let again = tokio::spawn(async move { waiter.write_all(b"EGGS").await });
    let mut read = String::new();
    line.read_to_string(&mut read).await?;
    again.await??;
    println!("write_all: {read}");
    Ok(())
}
