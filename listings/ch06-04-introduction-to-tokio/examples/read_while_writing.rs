use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt, copy, sink};
use tokio::net::{TcpListener, TcpStream};

/// Sends back what it reads, to the end.
async fn echo(mut guest: TcpStream) -> io::Result<u64> {
    let (mut from, mut to) = guest.split();
    copy(&mut from, &mut to).await
}

async fn order(mut server: TcpStream, bytes: u64) -> io::Result<u64> {
    let (mut from, mut to) = server.split();
    let ask = async {
        copy(&mut tokio::io::repeat(b'x').take(bytes), &mut to).await?;
        to.shutdown().await
    };
    let mut plate = sink();
    let ((), answer) = tokio::try_join!(ask, copy(&mut from, &mut plate))?;
    Ok(answer)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let server = TcpStream::connect(listener.local_addr()?).await?;
    let (guest, _) = listener.accept().await?;
    let echo = tokio::spawn(echo(guest));

    let answer = order(server, 64 << 20).await?;
    println!("{} MiB came back", answer >> 20);
    println!("{} MiB were echoed", echo.await?? >> 20);
    Ok(())
}
