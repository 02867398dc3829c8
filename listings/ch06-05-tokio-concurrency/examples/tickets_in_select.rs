use std::io;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{interval, sleep};

async fn print_tickets(mut line: DuplexStream) -> io::Result<()> {
    line.write_all(b"EG").await?;
    sleep(Duration::from_millis(25)).await;
    line.write_all(b"GSSOUP").await
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let (printer, mut line) = duplex(64);
    let printer = tokio::spawn(print_tickets(printer));
    let mut clock = interval(Duration::from_millis(10));
    let mut ticks = 0;

    loop {
        let mut ticket = [0; 4];
        tokio::select! {
            read = line.read_exact(&mut ticket) => match read {
                Ok(_) => {
                    let text = String::from_utf8_lossy(&ticket);
                    println!("ticket {text} after {ticks} ticks");
                }
                Err(error) => {
                    println!("no more tickets: {error}");
                    break;
                }
            },
            _ = clock.tick() => ticks += 1,
        }
    }
    printer.await?
}
