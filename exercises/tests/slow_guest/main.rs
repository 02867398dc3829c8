//! Slow guests are heard, and silent ones are not waited for.

#[cfg(feature = "mine")]
#[path = "../../mine/slow_guest.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::io::ErrorKind;
use std::time::Duration;

use attempt::listen;
use tokio::io::{AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{Instant, sleep, timeout};

const NO_END: &str = "an hour has passed, and the waiter still listens. Which \
    limit ends each visit?";

const SECOND: Duration = Duration::from_secs(1);

/// How a visit ends, and after how many milliseconds.
type End = (Result<String, ErrorKind>, u128);

/// The end of the visit of a guest who does what `talk` does.
async fn visit<F: Future>(talk: impl FnOnce(DuplexStream) -> F) -> End {
    let start = Instant::now();
    let (guest, waiter) = duplex(1024);
    let listening = async {
        let said = timeout(3600 * SECOND, listen(waiter))
            .await
            .unwrap_or_else(|_| panic!("{}", exercises::once(NO_END)));
        let said = said.map(|said| String::from_utf8_lossy(&said).into_owned());
        (
            said.map_err(|error| error.kind()),
            start.elapsed().as_millis(),
        )
    };
    tokio::select! {
        end = listening => end,
        // A guest who has nothing to say any more leaves by dropping the line.
        () = async { talk(guest).await; std::future::pending().await } => {
            unreachable!("the guest does not end the visit")
        }
    }
}

/// Says a letter again and again, with pauses.
async fn drip(guest: &mut DuplexStream, letters: usize, pause: Duration) {
    for _ in 0..letters {
        if guest.write_all(b"z").await.is_err() {
            return; // hung up
        }
        sleep(pause).await;
    }
}

#[test]
fn a_guest_who_speaks_slowly_is_heard() {
    virtual_time::run(|| async {
        let end = visit(|mut guest| async move {
            drip(&mut guest, 10, 4 * SECOND).await;
        });
        exercises::same!(
            end.await,
            (Ok("z".repeat(10)), 40_000),
            "A guest says a letter every four seconds, ten of them, and \
             leaves. What `listen` returned, and at which ms, \
             stand below. This guest was never silent for \
             five seconds. How long does the time for silence \
             run, and when does it begin anew?",
        );
    });
}

#[test]
fn a_guest_who_falls_silent_is_given_up() {
    virtual_time::run(|| async {
        for (letters, ms) in [(0, 5000), (3, 7000)] {
            let end = visit(|mut guest| async move {
                drip(&mut guest, letters, SECOND).await;
                // The line stays open, and nothing comes.
                guest.closed_by_waiter().await;
            });
            exercises::same!(
                end.await,
                (Err(ErrorKind::TimedOut), ms),
                "A guest says {letters} letters, one every second, and then \
             nothing for ever. What `listen` returned, and at \
             which ms, stand below. Five seconds after the \
             last letter it is enough.",
            );
        }
    });
}

#[test]
fn a_guest_who_never_ends_is_given_up() {
    virtual_time::run(|| async {
        let end = visit(|mut guest| async move {
            drip(&mut guest, usize::MAX, 4 * SECOND).await;
        });
        exercises::same!(
            end.await,
            (Err(ErrorKind::TimedOut), 60_000),
            "A guest says a letter every four seconds, without an end. \
             What `listen` returned, and at which ms, stand \
             below. One guest could keep a table for ever. \
             `VISIT` is a limit around all reads together.",
        );
    });
}

#[test]
fn a_guest_who_says_too_much_is_stopped_when_it_is_too_much() {
    virtual_time::run(|| async {
        for (letters, end) in [
            (100, (Ok("z".repeat(100)), 0)),
            (101, (Err(ErrorKind::InvalidData), 0)),
        ] {
            let visit = visit(|mut guest| async move {
                drip(&mut guest, letters, Duration::ZERO).await;
                if letters > 100 {
                    // More might come, but it need not.
                    guest.closed_by_waiter().await;
                }
            });
            exercises::same!(
                visit.await,
                end,
                "A guest says {letters} bytes at once, and 100 are allowed. \
             What `listen` returned, and at which ms, stand \
             below. Is the length looked at after each read, \
             or at the end, which a guest can put off?",
            );
        }
    });
}

/// A guest who keeps the line.
trait Keep {
    async fn closed_by_waiter(self);
}

impl Keep for DuplexStream {
    async fn closed_by_waiter(self) {
        let _line = self;
        std::future::pending::<()>().await;
    }
}
