use std::io;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, Instant};

const ROUNDS: u32 = 5;

/// Sends an order of two parts, in as many writes as there are pieces.
async fn send(to: &mut TcpStream, pieces: &[&[u8]]) -> io::Result<()> {
    for piece in pieces {
        to.write_all(piece).await?;
    }
    Ok(())
}

/// How long it takes to order and be answered, so many times.
async fn talk(pieces: &[&[u8]], nodelay: bool) -> io::Result<Duration> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut guest = TcpStream::connect(listener.local_addr()?).await?;
    let (mut waiter, _) = listener.accept().await?;
    guest.set_nodelay(nodelay)?;
    waiter.set_nodelay(nodelay)?;
    let order = pieces.concat();

    let start = Instant::now();
    let mut taken = vec![0; order.len()];
    for _ in 0..ROUNDS {
        send(&mut guest, pieces).await?;
        waiter.read_exact(&mut taken).await?;
        send(&mut waiter, pieces).await?;
        guest.read_exact(&mut taken).await?;
    }
    Ok(start.elapsed())
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let two: [&[u8]; 2] = [b"\0\0\0\x03", b"tea"];
    let one: [&[u8]; 1] = [b"\0\0\0\x03tea"];
    println!("five orders              time (ms)");
    for (way, pieces, nodelay) in [
        ("two writes", &two[..], false),
        ("two writes, set_nodelay", &two[..], true),
        ("one write", &one[..], false),
    ] {
        let time = talk(pieces, nodelay).await?;
        println!("{way:<23}  {:>9.2}", time.as_secs_f64() * 1e3);
    }
    Ok(())
}
