//! Ask again only where it helps, and not for ever.

use std::time::Duration;

use tokio::time::sleep;

#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Failure {
    /// Passes.
    Busy,
    /// Passes, and the supplier says when.
    BusyFor(Duration),
    NoAnswer,
    NoSuchDish,
}

const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Calls until there is an answer, or an error that does not pass.
///
/// - It calls at most `tries` times, and at least once.
/// - Between two calls is a pause: `FIRST_PAUSE`, then twice as long each
///   time, up to `LONGEST_PAUSE`. After `BusyFor` it is what the supplier says.
/// - After the last call the error is returned at once, and also when the
///   pause would not be over within `patience`.
/// - A call that does not answer within `patience`, counted from the
///   beginning, ends with `NoAnswer`.
pub async fn retry<T, F: Future<Output = Result<T, Failure>>>(
    tries: u32,
    patience: Duration,
    mut call: impl FnMut() -> F,
) -> Result<T, Failure> {
    let _ = (LONGEST_PAUSE, patience);
    let mut pause = FIRST_PAUSE;
    for _ in 0..tries {
        if let Ok(value) = call().await {
            return Ok(value);
        }
        sleep(pause).await;
        pause *= 2;
    }
    Err(Failure::NoAnswer)
}
