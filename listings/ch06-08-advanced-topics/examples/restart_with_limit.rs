use std::collections::VecDeque;
use std::process::ExitCode;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::task::JoinError;
use tokio::time::{Instant, sleep};
use tokio_util::task::AbortOnDropHandle;

/// The panics that are forgiven within this time, and the first pause.
const FORGIVEN: (usize, Duration) = (2, Duration::from_secs(10));
const PAUSE: Duration = Duration::from_millis(100);

/// Starts a task, and starts it again when it panics, until it returns or has
/// panicked too often. The error is the last panic, or an abort.
async fn supervise<T, F>(start: impl Fn() -> F) -> Result<T, JoinError>
where
    T: Send + 'static,
    F: Future<Output = T> + Send + 'static,
{
    let mut panics = VecDeque::new();
    loop {
        // With this future, the task ends, too.
        let task = AbortOnDropHandle::new(tokio::spawn(start()));
        let error = match task.await {
            Ok(output) => return Ok(output),
            Err(error) if error.is_panic() => error,
            Err(error) => return Err(error),
        };
        let now = Instant::now();
        panics.push_back(now);
        while now - panics[0] > FORGIVEN.1 {
            panics.pop_front();
        }
        if panics.len() > FORGIVEN.0 {
            return Err(error);
        }
        let doubled = 2_u32.saturating_pow(panics.len() as u32 - 1);
        sleep(PAUSE.saturating_mul(doubled)).await;
    }
}

/// They outlive the cook who serves them.
type Orders = Arc<Mutex<VecDeque<&'static str>>>;

async fn cook(orders: Orders, opened: Instant) {
    // Taken first: an order that a cook falls over is not served again.
    let next = || orders.lock().expect("no panic under this lock").pop_front();
    while let Some(order) = next() {
        sleep(Duration::from_millis(50)).await;
        assert!(order != "pie", "no oven");
        println!("{:>3} ms  {order}", opened.elapsed().as_millis());
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    let orders = VecDeque::from(["soup", "pie", "tea", "pie", "cake"]);
    let (orders, opened) = (Arc::new(Mutex::new(orders)), Instant::now());
    let ended = supervise(|| cook(Arc::clone(&orders), opened)).await;

    let now = opened.elapsed().as_millis();
    if ended.is_err() {
        println!("{now:>3} ms  given up");
        return ExitCode::FAILURE;
    }
    println!("{now:>3} ms  closed");
    ExitCode::SUCCESS
}
