use super::{BodyError, Response};

/// Reads the whole body, or returns `TooLarge` as soon as it has more bytes.
///
/// The result depends on what comes, not on what the header says.
pub async fn body(
    mut response: Response,
    limit: usize,
) -> Result<Vec<u8>, BodyError> {
    let mut body = Vec::new();
    while let Some(piece) = response.piece().await? {
        // The body never has more than `limit`, so this is no negative number.
        if piece.len() > limit - body.len() {
            return Err(BodyError::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body)
}
