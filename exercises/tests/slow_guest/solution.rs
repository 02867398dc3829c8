use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::timeout;

const SILENCE: Duration = Duration::from_secs(5);
const VISIT: Duration = Duration::from_secs(60);
const LONGEST: usize = 100;

/// All that a guest says until the end.
///
/// A guest who says nothing for `SILENCE`, or is not done after `VISIT`, is an
/// error of the kind `TimedOut`. More than `LONGEST` bytes are `InvalidData`,
/// as soon as they have come.
pub async fn listen(mut guest: impl AsyncRead + Unpin) -> io::Result<Vec<u8>> {
    let visit = async {
        let mut said = Vec::new();
        loop {
            let read = guest.read_buf(&mut said);
            if timeout(SILENCE, read).await?? == 0 {
                return Ok(said);
            }
            // Before the next read: the guest need not have an end.
            if said.len() > LONGEST {
                return Err(io::ErrorKind::InvalidData.into());
            }
        }
    };
    timeout(VISIT, visit).await?
}
