// ANCHOR: shown
use std::fs::File;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::time::{Duration, sleep, timeout};

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

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn kitchen() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let mut files = Vec::new();
    // The error that ends this loop is the one that the program is about.
    while let Ok(file) = File::open("Cargo.toml") {
        files.push(file);
    }
    // One descriptor is left, for a guest's end of a connection.
    files.pop();
    let _guest = TcpStream::connect(listener.local_addr()?).await?;

    let waited = timeout(PAUSE / 2, next_guest(&listener)).await;
    println!("no descriptor left, let in: {}", waited.is_ok());
    drop(files);
    next_guest(&listener).await;
    println!("after that, let in: true");
    Ok(())
}

fn main() -> io::Result<()> {
    match few_descriptors() {
        true => kitchen(),
        false => again_with_few_descriptors(),
    }
}
// ANCHOR_END: shown

use std::env;
use std::process::{self, Command};

const FEW: &str = "FEW_DESCRIPTORS";

fn few_descriptors() -> bool {
    env::var_os(FEW).is_some()
}

/// Starts this program once more, with at most 32 descriptors.
fn again_with_few_descriptors() -> io::Result<()> {
    let again = Command::new("sh")
        .args(["-c", "ulimit -n 32; exec \"$0\""])
        .arg(env::current_exe()?)
        .env(FEW, "1")
        .status()?;
    process::exit(again.code().unwrap_or(1))
}
