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

/// Lets guests in until `closing` is ready; then nobody can knock any more,
/// because the door is dropped. Who is inside gets `grace` to finish.
///
/// An error of `accept` does not end that. After `ConnectionAborted` the next
/// guest is let in at once, after any other error in a `PAUSE`.
///
/// Returns how many visits came to a good end.
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
