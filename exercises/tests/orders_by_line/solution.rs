use std::io::{self, ErrorKind};

use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, BufReader};

const LONGEST: u64 = 20;

/// Reads orders, each of them a line.
pub struct Orders<R> {
    // It reads ahead, so it lives as long as the line.
    guest: BufReader<R>,
}

impl<R: AsyncRead + Unpin> Orders<R> {
    pub fn new(guest: R) -> Self {
        let guest = BufReader::new(guest);
        Orders { guest }
    }

    /// The next order, without its `\n`, or `None` after the last.
    ///
    /// A line of more than `LONGEST` bytes, its `\n` not counted, is the error
    /// `InvalidData`, as soon as so many have come. If the guest leaves in the
    /// middle of a line, that is an `UnexpectedEof`.
    pub async fn next(&mut self) -> io::Result<Option<String>> {
        let mut order = String::new();
        // Room for the longest order and its `\n`.
        let mut limited = (&mut self.guest).take(LONGEST + 1);
        let length = limited.read_line(&mut order).await?;
        if length == 0 {
            return Ok(None);
        }
        if order.pop() == Some('\n') {
            return Ok(Some(order));
        }
        let too_long = limited.limit() == 0;
        Err(match too_long {
            true => ErrorKind::InvalidData.into(),
            false => ErrorKind::UnexpectedEof.into(),
        })
    }
}
