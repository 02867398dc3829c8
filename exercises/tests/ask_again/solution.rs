use std::time::Duration;

use tokio::time::{Instant, sleep, timeout_at};

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
const A_YEAR: Duration = Duration::from_secs(365 * 24 * 3600);

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
    // A caller may have patience for ever, and `+` would panic.
    let now = Instant::now();
    let deadline = now.checked_add(patience).unwrap_or(now + A_YEAR);
    let mut next_pause = FIRST_PAUSE;
    for tries_left in (0..tries.max(1)).rev() {
        let error = match timeout_at(deadline, call()).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => error,
            Err(_) => return Err(Failure::NoAnswer),
        };
        let pause = match error {
            Failure::Busy => next_pause,
            Failure::BusyFor(time) => time,
            Failure::NoAnswer | Failure::NoSuchDish => return Err(error),
        };
        // Not now + pause, which a supplier could make overflow.
        let time_left = deadline.duration_since(Instant::now());
        if tries_left == 0 || pause >= time_left {
            return Err(error);
        }
        sleep(pause).await;
        next_pause = LONGEST_PAUSE.min(next_pause * 2);
    }
    unreachable!("the last try returns")
}
