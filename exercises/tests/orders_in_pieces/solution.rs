use std::io;

use tokio::io::{AsyncRead, AsyncReadExt};

/// Reads orders: a byte says how many letters follow, then they come.
pub struct Orders<R> {
    line: R,
    /// What has come and was not yet returned; it outlives each call.
    arrived: Vec<u8>,
}

impl<R: AsyncRead + Unpin> Orders<R> {
    pub fn new(line: R) -> Self {
        let arrived = Vec::new();
        Orders { line, arrived }
    }

    /// The next order, or `None` when the line ends between two of them.
    /// An end inside of one is an `UnexpectedEof`.
    pub async fn next(&mut self) -> io::Result<Option<Vec<u8>>> {
        loop {
            if let Some((&length, letters)) = self.arrived.split_first()
                && let Some(order) = letters.get(..usize::from(length))
            {
                let order = order.to_vec();
                self.arrived.drain(..=order.len());
                return Ok(Some(order));
            }
            // One read, and its bytes go straight to where they stay.
            if self.line.read_buf(&mut self.arrived).await? == 0 {
                return match self.arrived.is_empty() {
                    true => Ok(None),
                    false => Err(io::ErrorKind::UnexpectedEof.into()),
                };
            }
        }
    }
}
