use std::time::Duration;
use tokio::time::{sleep, timeout};

const AN_HOUR: Duration = Duration::from_secs(3600);

/// Cooks for an hour, if the guest has so much patience.
async fn soup(patience: Duration) -> &'static str {
    match timeout(patience, sleep(AN_HOUR)).await {
        Ok(()) => "soup",
        Err(_) => "no soup today",
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() {
    println!("{}", soup(Duration::from_millis(10)).await);
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn soup_takes_an_hour() {
        let start = Instant::now();
        assert_eq!(soup(2 * AN_HOUR).await, "soup");
        assert_eq!(start.elapsed(), AN_HOUR);
    }

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_longer_than_his_patience() {
        let start = Instant::now();
        assert_eq!(soup(AN_HOUR / 2).await, "no soup today");
        assert_eq!(start.elapsed(), AN_HOUR / 2);
    }
}
