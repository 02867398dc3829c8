//! Let guests in whatever `accept` says, and close in time.

use std::io;
use std::pin::{Pin, pin};
use std::time::Duration;

use tokio::task::JoinSet;

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
    let _ = (PAUSE, grace);
    let mut closing = pin!(closing);
    let mut visits = JoinSet::new();
    loop {
        tokio::select! {
            guest = door.accept() => match guest {
                Ok(visit) => drop(visits.spawn(visit)),
                Err(_) => break,
            },
            () = &mut closing => break,
        }
    }
    visits.join_all().await.len()
}
