//! Make `next` cancel safe: a call that is dropped takes no byte away.

use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// Reads orders: a byte says how many letters follow, then they come.
pub struct Orders<R> {
    line: R,
}

impl<R: AsyncRead + Unpin> Orders<R> {
    pub fn new(line: R) -> Self {
        Orders { line }
    }

    /// The next order, or `None` when the line ends between two of them.
    /// An end inside of one is an `UnexpectedEof`.
    pub async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        let mut length = [0];
        if self.line.read(&mut length).await? == 0 {
            return Ok(None);
        }
        let mut order = vec![0; usize::from(length[0])];
        self.line.read_exact(&mut order).await?;
        Ok(Some(order))
    }
}
