use std::error::Error;
use std::io::Write;
use std::net::TcpListener;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;
use tokio::io::AsyncReadExt;
use tokio::net::TcpStream;
use tokio::time::{resume, timeout};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    let (ask, asked) = mpsc::channel();
    let server = thread::spawn(move || {
        let (mut guest, _) = listener.accept()?;
        // Silent until asked, so that no run depends on who is quicker.
        let _ = asked.recv();
        guest.write_all(b"toast")
    });

    let mut stream = TcpStream::connect(address).await?;
    let mut answer = [0; 5];
    let hour = Duration::from_secs(3600);

    let first = timeout(hour, stream.read_exact(&mut answer)).await;
    println!("paused: {:?}", first.map(|_| ()).map_err(|e| e.to_string()));

    resume();
    ask.send(())?;
    timeout(hour, stream.read_exact(&mut answer)).await??;
    println!("resumed: {}", str::from_utf8(&answer)?);
    server.join().map_err(|_| "the server panicked")??;
    Ok(())
}
