use std::collections::VecDeque;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};
use tokio::io::ReadBuf;

/// A line that gives its letters in pieces, and is silent once before each.
struct Pieces {
    letters: VecDeque<u8>,
    longest: usize,
    silent: bool,
}

impl Pieces {
    fn new(letters: impl IntoIterator<Item = u8>, longest: usize) -> Self {
        let letters = letters.into_iter().collect();
        Pieces {
            letters,
            longest,
            silent: false,
        }
    }
}

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.silent = !self.silent;
        if self.silent {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let count = self.longest.min(buf.remaining()).min(self.letters.len());
        let piece: Vec<_> = self.letters.drain(..count).collect();
        buf.put_slice(&piece);
        Poll::Ready(Ok(()))
    }
}

type Ticket = io::Result<Option<[u8; 4]>>;

/// What one call returns, which is dropped after so many polls and made again.
fn next(tickets: &mut Tickets<Pieces>, polls: usize) -> Ticket {
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..1000 {
        let mut call = pin!(tickets.next());
        for _ in 0..polls {
            if let Poll::Ready(ticket) = call.as_mut().poll(&mut cx) {
                return ticket;
            }
        }
    }
    panic!("no ticket after a thousand calls");
}

fn letters(count: usize) -> impl Iterator<Item = u8> + Clone {
    (0..count).map(|number| (number % 251) as u8)
}

/// No letter is lost, doubled or moved, whenever a call is dropped.
fn dropped_at_each_poll() {
    for longest in 1..=9 {
        for polls in 1..=6 {
            let line = Pieces::new(letters(400), longest);
            let (mut tickets, mut read) = (Tickets::new(line), Vec::new());
            while let Some(ticket) = next(&mut tickets, polls).expect("a line")
            {
                read.extend(ticket);
            }
            let what = format!("pieces of {longest}, dropped after {polls}");
            assert!(read.iter().copied().eq(letters(400)), "{what}: lost");
        }
    }
}

/// A line that ends within a ticket is an error, and not a short day.
fn a_line_that_breaks_off() {
    for rest in 1..4 {
        let mut tickets = Tickets::new(Pieces::new(letters(8 + rest), 3));
        for _ in 0..2 {
            assert!(matches!(next(&mut tickets, 1), Ok(Some(_))));
        }
        let end = next(&mut tickets, 1).expect_err("half a ticket");
        assert_eq!(end.kind(), io::ErrorKind::UnexpectedEof);
    }
}

/// A long line at once does not fill the memory.
fn a_million_letters() {
    let line = Pieces::new(letters(1_000_000), 1 << 20);
    let (mut tickets, mut count) = (Tickets::new(line), 0);
    while next(&mut tickets, 1).expect("a line").is_some() {
        count += 1;
        let room = tickets.arrived.capacity();
        assert!(room <= 1024, "keeps {room} bytes");
    }
    assert_eq!(count, 250_000);
}

fn main() {
    dropped_at_each_poll();
    a_line_that_breaks_off();
    a_million_letters();
}
