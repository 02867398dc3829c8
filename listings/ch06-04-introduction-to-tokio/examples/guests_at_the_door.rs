use std::io;
use std::net::SocketAddr;

use tokio::net::{TcpSocket, TcpStream};
use tokio::time::{Duration, timeout};

/// Connects guests until one has to wait for longer than this.
async fn until_one_waits(to: SocketAddr) -> io::Result<Vec<TcpStream>> {
    let mut guests = Vec::new();
    let patience = Duration::from_millis(100);
    while let Ok(guest) = timeout(patience, TcpStream::connect(to)).await {
        guests.push(guest?);
    }
    Ok(guests)
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let socket = TcpSocket::new_v4()?;
    socket.bind(SocketAddr::from(([127, 0, 0, 1], 0)))?;
    let listener = socket.listen(2)?;
    let to = listener.local_addr()?;

    let guests = until_one_waits(to).await?;
    println!("nobody is let in: {} guests have a line", guests.len());

    let _waiters = (listener.accept().await?, listener.accept().await?);
    let more = until_one_waits(to).await?;
    println!("two are let in: {} more", more.len());
    Ok(())
}
