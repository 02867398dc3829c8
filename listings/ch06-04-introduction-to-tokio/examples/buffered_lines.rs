use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, BufReader};
use tokio::io::{AsyncRead, ReadBuf};

/// Passes on what it reads, and counts how often it is asked.
struct Counted<'a> {
    source: &'a [u8],
    reads: usize,
}

impl AsyncRead for Counted<'_> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.reads += 1;
        Pin::new(&mut self.source).poll_read(cx, buf)
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let menu = "toast\neggs\ntea\n".repeat(1000);
    let source = menu.as_bytes();

    let mut file = Counted { source, reads: 0 };
    let (mut dishes, mut byte) = (0, [0]);
    while file.read(&mut byte).await? > 0 {
        dishes += usize::from(byte == *b"\n");
    }
    println!("bare:     {dishes} dishes, {} reads", file.reads);

    let mut file = BufReader::new(Counted { source, reads: 0 });
    let (mut dishes, mut line) = (0, String::new());
    while file.read_line(&mut line).await? > 0 {
        dishes += 1;
        line.clear();
    }
    println!("buffered: {dishes} dishes, {} reads", file.get_ref().reads);
    Ok(())
}
