use std::io::{self, ErrorKind};
use std::pin::{Pin, pin};
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

const PAUSE: Duration = Duration::from_millis(100);

/// Given: what a guest does, to the end.
pub type Visit = Pin<Box<dyn Future<Output = ()> + Send>>;

/// Given: in place of a `TcpListener`. To drop `accept` loses no guest.
pub trait Door {
    fn accept(&mut self) -> impl Future<Output = io::Result<Visit>>;
}

/// Lets guests in until `closing` is ready, each visit as a task of its own.
///
/// - When `accept` fails with `ConnectionAborted`, it is called again at once.
///   After any other error it is called again after a `PAUSE`, and a guest who
///   leaves meanwhile does not cut that short. No error ends the evening.
/// - When `closing` is ready, even in a `PAUSE`, nobody else is let in and the
///   door is dropped at once. Visits that have begun get `grace` to finish.
/// - It returns when the last visit has ended, or when `grace` is over; then
///   those that are left are aborted.
///
/// Returns how many visits ended, without a panic and before they were aborted.
pub async fn serve(
    mut door: impl Door,
    closing: impl Future<Output = ()>,
    grace: Duration,
) -> usize {
    let mut closing = pin!(closing);
    let mut visits = JoinSet::new();
    let mut served = 0;
    loop {
        tokio::select! {
            visit = next_guest(&mut door) => {
                visits.spawn(visit);
                // Nothing is kept of those who have gone. As a branch of its
                // own, a guest who leaves would end the pause of `next_guest`.
                while let Some(ended) = visits.try_join_next() {
                    served += usize::from(ended.is_ok());
                }
            }
            () = &mut closing => break,
        }
    }
    drop(door);
    let all_gone = async {
        while let Some(ended) = visits.join_next().await {
            served += usize::from(ended.is_ok());
        }
    };
    // Who is not done by then is aborted with the set.
    let _ = timeout(grace, all_gone).await;
    served
}

/// Waits for a guest. The pause is in here, so that closing ends it.
async fn next_guest(door: &mut impl Door) -> Visit {
    loop {
        match door.accept().await {
            Ok(visit) => return visit,
            Err(error) if error.kind() == ErrorKind::ConnectionAborted => {}
            Err(_) => sleep(PAUSE).await,
        }
    }
}
