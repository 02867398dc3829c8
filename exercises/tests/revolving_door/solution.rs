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
