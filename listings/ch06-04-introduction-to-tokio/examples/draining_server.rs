// ANCHOR: shown
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::task::{JoinError, JoinSet};
use tokio::time::{Duration, sleep, timeout};

/// What became of the guests.
#[derive(Debug, Default, PartialEq)]
struct Tally {
    served: usize,
    failed: usize,
    cut_off: usize,
    /// Still there after the abort: a blocked thread, or a loop without an end.
    stuck: usize,
}

impl Tally {
    fn add(&mut self, ended: Result<bool, JoinError>) {
        match ended {
            Ok(true) => self.served += 1,
            Err(error) if error.is_cancelled() => self.cut_off += 1,
            Ok(false) | Err(_) => self.failed += 1,
        }
    }
}

/// An aborted visit ends when it waits the next time, if it ever does.
const AFTER_ABORT: Duration = Duration::from_millis(100);

async fn serve(
    listener: TcpListener,
    limits: Limits,
    closing: impl Future,
    grace: Duration,
) -> Tally {
    let tables = Arc::new(Semaphore::new(limits.guests));
    let (mut visits, mut tally) = (JoinSet::new(), Tally::default());
    let mut closing = pin!(closing);
    loop {
        let next = async {
            let table = Arc::clone(&tables).acquire_owned().await;
            let table = table.expect("nobody closes the semaphore");
            (table, next_guest(&listener).await)
        };
        let (table, guest) = tokio::select! {
            next = next => next,
            _ = &mut closing => break,
        };
        visits.spawn(async move {
            let _table = table;
            visit(guest, limits).await
        });
        while let Some(ended) = visits.try_join_next() {
            tally.add(ended);
        }
    }
    // From now on, whoever knocks is refused.
    drop(listener);
    for time in [grace, AFTER_ABORT] {
        let all_gone = async {
            while let Some(ended) = visits.join_next().await {
                tally.add(ended);
            }
        };
        if timeout(time, all_gone).await.is_err() {
            visits.abort_all();
        }
    }
    tally.stuck = visits.len();
    tally
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let to = listener.local_addr()?;
    let limits = Limits {
        guests: 100,
        bytes: 1 << 20,
        silence: Duration::from_secs(60),
        visit: Duration::from_secs(600),
    };
    let (close, closing) = oneshot::channel();
    let grace = Duration::from_millis(500);
    let server = tokio::spawn(serve(listener, limits, closing, grace));

    let _silent = TcpStream::connect(to).await?;
    let mut guest = TcpStream::connect(to).await?;
    guest.write_all(b"tea").await?;
    guest.read_exact(&mut [0; 3]).await?;

    close.send(()).expect("the server listens");
    guest.write_all(b" and eggs").await?;
    guest.shutdown().await?;
    let mut rest = String::new();
    guest.take(100).read_to_string(&mut rest).await?;
    println!("the guest who is there: {rest:?}");
    let late = TcpStream::connect(to).await.map_err(|error| error.kind());
    println!("a guest who comes late: {:?}", late.err());
    println!("{:?}", server.await?);
    Ok(())
}
// ANCHOR_END: shown

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
