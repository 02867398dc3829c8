use std::io::{self, ErrorKind, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::time::Duration;

use polling::{Event, Events, Poller};

const TABLE: usize = 7;
const NOW: Option<Duration> = Some(Duration::ZERO);

fn main() -> io::Result<()> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let mut guest = TcpStream::connect(listener.local_addr()?)?;
    let (mut table, _) = listener.accept()?;
    table.set_nonblocking(true)?;

    let mut word = [0; 8];
    let empty = table.read(&mut word).map_err(|error| error.kind());
    println!("nothing sent: {empty:?}");
    assert_eq!(empty, Err(ErrorKind::WouldBlock));

    let poller = Poller::new()?;
    let mut events = Events::new();
    let mut wait = |time, when| {
        events.clear();
        let count = poller.wait(&mut events, time)?;
        let keys: Vec<usize> = events.iter().map(|event| event.key).collect();
        println!("{when}: {count} events {keys:?}");
        io::Result::Ok(())
    };
    // SAFETY: the table is deleted below; after an error, the poller goes first.
    unsafe { poller.add(&table, Event::readable(TABLE))? };
    wait(NOW, "nothing sent")?;

    guest.write_all(b"soup")?;
    wait(None, "soup is there")?;
    wait(NOW, "soup is still there")?;

    poller.modify(&table, Event::readable(TABLE))?;
    wait(None, "interest renewed")?;
    let count = table.read(&mut word)?;
    println!("read: {:?}", String::from_utf8_lossy(&word[..count]));

    poller.modify(&table, Event::readable(TABLE))?;
    wait(NOW, "nothing left")?;
    drop(guest);
    wait(None, "the guest has left")?;
    println!("read: {} bytes", table.read(&mut word)?);

    poller.delete(&table)
}
