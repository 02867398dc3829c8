use std::io;
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt};
use tokio::time::timeout;

const SILENCE: Duration = Duration::from_secs(5);
const VISIT: Duration = Duration::from_secs(60);
const LONGEST: usize = 100;

/// All that a guest says, when the guest has said all and left.
///
/// It fails with `TimedOut` when nothing has come for `SILENCE` since the last
/// byte, and when the whole visit takes longer than `VISIT`. It fails with
/// `InvalidData` as soon as more than `LONGEST` bytes have come.
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
