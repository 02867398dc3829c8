// ANCHOR: shown
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Duration, sleep, timeout};

#[derive(Clone, Copy)]
struct Limits {
    guests: usize,
    bytes: usize,
    silence: Duration,
    visit: Duration,
}

/// Sends back what a guest says.
async fn waiter(mut guest: TcpStream, limits: Limits) -> io::Result<()> {
    let mut buffer = [0; 1024];
    let mut bytes = 0;
    loop {
        let read = guest.read(&mut buffer);
        let count = timeout(limits.silence, read).await??;
        bytes += count;
        if count == 0 {
            return Ok(());
        } else if bytes > limits.bytes {
            return Err(io::Error::other("too many bytes"));
        }
        // A guest who does not listen keeps a table as well.
        let write = guest.write_all(&buffer[..count]);
        timeout(limits.silence, write).await??;
    }
}

/// A visit to its end, and whether that was a good one.
async fn visit((guest, peer): (TcpStream, SocketAddr), limits: Limits) -> bool {
    let waiter = timeout(limits.visit, waiter(guest, limits));
    let ended = waiter.await.map_err(io::Error::from).flatten();
    ended
        .inspect_err(|error| eprintln!("{peer}: {error}"))
        .is_ok()
}

async fn serve(listener: TcpListener, limits: Limits) {
    let tables = Arc::new(Semaphore::new(limits.guests));
    let mut visits = JoinSet::new();
    loop {
        // First a table, then a guest: the next ones wait outside.
        let table = Arc::clone(&tables).acquire_owned().await;
        let table = table.expect("nobody closes the semaphore");
        let guest = next_guest(&listener).await;
        visits.spawn(async move {
            let _table = table;
            visit(guest, limits).await
        });
        while let Some(ended) = visits.try_join_next() {
            if let Err(panic) = ended {
                eprintln!("{panic}");
            }
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let to = listener.local_addr()?;
    let limits = Limits {
        guests: 2,
        bytes: 20,
        silence: Duration::from_millis(50),
        visit: Duration::from_secs(60),
    };
    tokio::spawn(serve(listener, limits));

    println!("{:?}", order(to, "tea").await?);
    println!("{:?}", order(to, "toast, eggs, soup and tea").await?);

    let silent = TcpStream::connect(to).await?;
    let too = TcpStream::connect(to).await?;
    println!("{:?}", order(to, "soup").await?);
    drop((silent, too));
    Ok(())
}
// ANCHOR_END: shown

const PAUSE: Duration = Duration::from_millis(100);

/// Waits for a guest; no error of `accept` ends that.
async fn next_guest(listener: &TcpListener) -> (TcpStream, SocketAddr) {
    use ErrorKind::{ConnectionAborted, ConnectionReset};
    loop {
        let error = match listener.accept().await {
            Ok(guest) => return guest,
            Err(error) => error,
        };
        // That guest has gone already; the next one may be at the door.
        if !matches!(error.kind(), ConnectionAborted | ConnectionReset) {
            eprintln!("accept: {error}");
            // Without a pause, the loop would ask again at once, and again.
            sleep(PAUSE).await;
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
