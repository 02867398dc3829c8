use fastrand::Rng;
use std::time::Duration;
use tokio::time::{Instant, sleep, timeout_at};

const FIRST_CAP_MS: u64 = 100;
const LAST_CAP_MS: u64 = 1000;
/// For one call, and for all calls and pauses together.
const LONGEST_CALL: Duration = Duration::from_secs(1);
const PATIENCE: Duration = Duration::from_secs(5);

#[derive(Clone, Copy, Debug, PartialEq)]
enum Failure {
    Busy,
    NoAnswer,
    /// No pause changes that.
    NoSuchDish,
}

/// How long to wait after this attempt, and the cap of that, in milliseconds.
fn pause_and_cap(attempt: u32, rng: &mut Rng) -> (u64, u64) {
    let doubled = 2_u64.saturating_pow(attempt.saturating_sub(1));
    let cap = FIRST_CAP_MS.saturating_mul(doubled).min(LAST_CAP_MS);
    (rng.u64(0..=cap), cap)
}

async fn retry<T, F: Future<Output = Result<T, Failure>>>(
    tries: u32,
    rng: &mut Rng,
    mut call: impl FnMut(u32) -> F,
) -> Result<T, Failure> {
    let (start, mut attempt) = (Instant::now(), 1);
    let deadline = start + PATIENCE;
    loop {
        let limit = deadline.min(Instant::now() + LONGEST_CALL);
        let error = match timeout_at(limit, call(attempt)).await {
            Ok(Ok(value)) => return Ok(value),
            Ok(Err(error)) => error,
            Err(_) => Failure::NoAnswer,
        };
        let (ms, cap) = pause_and_cap(attempt, rng);
        let pause = Duration::from_millis(ms);
        let in_vain = Instant::now() + pause >= deadline;
        if error == Failure::NoSuchDish || attempt >= tries || in_vain {
            return Err(error);
        }
        let now = start.elapsed().as_millis();
        println!("[{now:>4} ms] {error:?}, waits {ms} of at most {cap} ms");
        sleep(pause).await;
        attempt += 1;
    }
}

/// The supplier has eggs, and time from the fifth call on.
async fn supplier(dish: &str, attempt: u32) -> Result<&str, Failure> {
    sleep(Duration::from_millis(10)).await;
    match dish {
        "eggs" if attempt < 5 => Err(Failure::Busy),
        "eggs" => Ok(dish),
        _ => Err(Failure::NoSuchDish),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    // A service takes Rng::new(): another seed in each process.
    let mut rng = Rng::with_seed(42);
    for (dish, tries) in [("eggs", 6), ("eggs", 2), ("dodo", 6)] {
        let call = |attempt| supplier(dish, attempt);
        let answer = retry(tries, &mut rng, call).await;
        println!("{dish}, {tries} tries: {answer:?}");
    }
}
