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
    // Outlives every branch, so a cancelled read leaves its bytes here.
    let mut arrived = Vec::new();

    loop {
        tokio::select! {
            read = line.read_buf(&mut arrived) => if read? == 0 {
                break;
            },
            _ = clock.tick() => ticks += 1,
        }
        while arrived.len() >= 4 {
            let ticket: Vec<u8> = arrived.drain(..4).collect();
            let text = String::from_utf8_lossy(&ticket);
            println!("ticket {text} after {ticks} ticks");
        }
    }
    println!("bytes left over: {}", arrived.len());
    printer.await?
}
