//! A reader that may be dropped at every poll, and loses no byte.

#[cfg(feature = "mine")]
#[path = "../../mine/orders_in_pieces.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

use std::io::{self, ErrorKind};
use std::pin::{Pin, pin};
use std::task::{Context, Poll, Waker};

use attempt::Orders;
use tokio::io::{AsyncRead, ReadBuf};

const SENT: &[u8] = b"\x03tea\x00\x05toast\x04eggs";
const ORDERS: [&str; 4] = ["tea", "", "toast", "eggs"];

/// A line that makes everybody wait, and then gives a piece.
struct Line {
    rest: &'static [u8],
    piece: usize,
    waited: bool,
}

impl AsyncRead for Line {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.waited = !self.waited;
        if self.waited {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let most = self.piece.min(buf.remaining()).min(self.rest.len());
        let (piece, rest) = self.rest.split_at(most);
        buf.put_slice(piece);
        self.rest = rest;
        Poll::Ready(Ok(()))
    }
}

const NO_END: &str = "after 1,000 polls, a line of a few bytes is not read to \
    its end. What does `next` do when a read returns 0, and does each call get \
    further than the one before it that was dropped?";

/// The orders of a line that comes in such pieces, and how it ended. A call
/// that answers `Pending` is dropped when `drops` says so of the poll's number.
fn read(
    rest: &'static [u8],
    piece: usize,
    drops: impl Fn(usize) -> bool,
) -> (Vec<String>, io::Result<()>) {
    let mut orders = Orders::new(Line {
        rest,
        piece,
        waited: false,
    });
    let mut cx = Context::from_waker(Waker::noop());
    let (mut got, mut polls) = (Vec::new(), 0);
    loop {
        let mut next = pin!(orders.next());
        let answer = loop {
            polls += 1;
            assert!(polls < 1000, "{}", exercises::once(NO_END));
            match next.as_mut().poll(&mut cx) {
                Poll::Ready(answer) => break Some(answer),
                Poll::Pending if drops(polls) => break None,
                Poll::Pending => {}
            }
        };
        match answer {
            None => {}
            Some(Ok(None)) => return (got, Ok(())),
            Some(Ok(Some(order))) => {
                got.push(String::from_utf8_lossy(&order).into_owned());
            }
            Some(Err(error)) => return (got, Err(error)),
        }
    }
}

/// The orders, and the text of the error after them, if any.
fn text((orders, end): (Vec<String>, io::Result<()>)) -> (Vec<String>, String) {
    let end = end.err().map(|error| error.to_string());
    (orders, end.unwrap_or_default())
}

fn all_of_them() -> (Vec<String>, String) {
    (ORDERS.map(str::to_owned).to_vec(), String::new())
}

#[test]
fn every_order_is_read_however_it_is_cut() {
    for piece in [1, 2, 3, 5, 100] {
        exercises::same!(
            text(read(SENT, piece, |_| false)),
            all_of_them(),
            "no call was dropped, the line came in pieces of {piece} bytes, and \
             these are the orders and the error after them. Where do \
             letters of the next order stay, if a read brings them, too?",
        );
    }
}

#[test]
fn one_drop_loses_nothing() {
    for number in 1.. {
        let dropped = std::cell::Cell::new(false);
        let orders = text(read(SENT, 1, |poll| {
            let now = poll == number || (poll > number && !dropped.get());
            dropped.set(dropped.get() || now);
            now
        }));
        if !dropped.get() {
            break;
        }
        exercises::same!(
            orders,
            all_of_them(),
            "a call was dropped at the poll number {number} of all, and these \
             are the orders. A call that is dropped takes its variables \
             along: keep in the struct what has come",
        );
    }
}

#[test]
fn a_drop_at_every_wait_loses_nothing() {
    for piece in [1, 4, 100] {
        exercises::same!(
            text(read(SENT, piece, |_| true)),
            all_of_them(),
            "each call was dropped whenever it had to wait, as a clock in a \
             `select!` might do, with pieces of {piece} bytes. These are the \
             orders. Is there an `.await` between taking bytes off the \
             line and storing them?",
        );
    }
}

#[test]
fn half_an_order_is_an_error() {
    for (line, often) in [(&SENT[..3], false), (&SENT[..1], true)] {
        let (orders, end) = read(line, 2, |_| often);
        let kind = end.map_err(|error| error.kind());
        exercises::same!(
            (orders, kind),
            (Vec::new(), Err(ErrorKind::UnexpectedEof)),
            "the line ended after {} of the 4 bytes of an order, and these are \
             the orders and the end",
            line.len(),
        );
    }
}
