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
    let deadline = Instant::now() + patience;
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
