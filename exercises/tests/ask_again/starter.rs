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

/// Calls until there is an answer, and returns it, or the error that is left.
///
/// - It calls at most `tries` times, and at least once.
/// - It calls again after `Busy` and `BusyFor`. The two other errors do not
///   pass: they are returned at once, without another call.
/// - Between two calls is a pause. After `Busy` it is `FIRST_PAUSE`, and then
///   twice the pause before, up to `LONGEST_PAUSE`. After `BusyFor` it is as
///   long as the supplier says, and does not count for the next doubling.
/// - `patience` is for everything, from the beginning. A pause that would not
///   be over in time is not begun, and its error is returned at once; so is
///   the error of the last call. A call that is not over in time is dropped,
///   and ends with `NoAnswer`.
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
