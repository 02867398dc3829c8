use std::io;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{interval, sleep};

/// Reads tickets of four letters.
struct Tickets<R> {
    line: R,
    /// Of a ticket that is not yet complete; it outlives each call.
    arrived: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Tickets<R> {
    fn new(line: R) -> Self {
        let arrived = Vec::new();
        Tickets { line, arrived }
    }

    /// The next ticket, or `None` when the line ends between two of them.
    ///
    /// Cancel safe: a call that is dropped has taken no letter away.
    async fn next(&mut self) -> io::Result<Option<[u8; 4]>> {
        loop {
            if let Some(&ticket) = self.arrived.first_chunk() {
                self.arrived.drain(..ticket.len());
                return Ok(Some(ticket));
            }
            if self.line.read_buf(&mut self.arrived).await? == 0 {
                return match self.arrived.is_empty() {
                    true => Ok(None),
                    false => Err(io::ErrorKind::UnexpectedEof.into()),
                };
            }
        }
    }
}

async fn print_tickets(mut line: DuplexStream) -> io::Result<()> {
    line.write_all(b"EG").await?;
    sleep(Duration::from_millis(25)).await;
    line.write_all(b"GSSOUP").await
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let (printer, line) = duplex(64);
    let printer = tokio::spawn(print_tickets(printer));
    let mut tickets = Tickets::new(line);
    let (mut clock, mut ticks) = (interval(Duration::from_millis(10)), 0);

    loop {
        tokio::select! {
            ticket = tickets.next() => {
                let Some(ticket) = ticket? else { break };
                let text = String::from_utf8_lossy(&ticket);
                println!("ticket {text} after {ticks} ticks");
            }
            _ = clock.tick() => ticks += 1,
        }
    }
    printer.await?
}
