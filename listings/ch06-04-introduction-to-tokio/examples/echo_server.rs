use std::error::Error;
use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Handle;
use tokio::task::JoinSet;
use tokio::time::{Duration, timeout};

async fn waiter(mut guest: TcpStream) -> io::Result<()> {
    let mut buffer = [0; 4];
    loop {
        let count = guest.read(&mut buffer).await?;
        if count == 0 {
            return Ok(());
        }
        guest.write_all(&buffer[..count]).await?;
    }
}

async fn serve(listener: TcpListener) -> io::Result<()> {
    let mut waiters = JoinSet::new();
    loop {
        let (guest, _) = listener.accept().await?;
        waiters.spawn(waiter(guest));
        // A set keeps the results of its tasks until somebody asks for them.
        while let Some(ended) = waiters.try_join_next() {
            if let Err(error) = ended.map_err(io::Error::from).flatten() {
                eprintln!("a waiter: {error}");
            }
        }
    }
}

const LONGEST: u64 = 1 << 20;
const LONGEST_WAIT: Duration = Duration::from_secs(2);

async fn order(to: SocketAddr, dish: &str) -> io::Result<String> {
    let talk = async {
        let mut server = TcpStream::connect(to).await?;
        let (from, mut to) = server.split();
        let ask = async {
            to.write_all(dish.as_bytes()).await?;
            to.shutdown().await
        };
        let listen = async {
            let mut reply = Vec::new();
            // One byte more than is allowed tells that there was more.
            from.take(LONGEST + 1).read_to_end(&mut reply).await?;
            match reply.len() as u64 > LONGEST {
                true => Err(io::Error::other("too long a reply")),
                false => String::from_utf8(reply).map_err(io::Error::other),
            }
        };
        tokio::try_join!(ask, listen).map(|((), reply)| reply)
    };
    timeout(LONGEST_WAIT, talk).await?
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let to = listener.local_addr()?;
    let server = tokio::spawn(serve(listener));

    let silent = TcpStream::connect(to).await?;
    let replies = tokio::try_join!(
        order(to, "toast with butter"),
        order(to, "two eggs"),
        order(to, "tea"),
    )?;
    println!("{replies:?}");

    let alive = || Handle::current().metrics().num_alive_tasks();
    println!("tasks while one guest says nothing: {}", alive());
    server.abort();
    let stopped = server.await.is_err_and(|error| error.is_cancelled());
    println!("server cancelled: {stopped}");
    tokio::task::yield_now().await;
    println!("tasks after that: {}", alive());
    drop(silent);
    Ok(())
}
