//! A door that stays open through errors, and closes when it is told to.

#[cfg(feature = "mine")]
#[path = "../../mine/revolving_door.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::collections::VecDeque;
use std::future::pending;
use std::io::{self, ErrorKind};
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use attempt::{Door, Visit, serve};
use tokio::time::{Instant, sleep, sleep_until, timeout};

const NO_END: &str = "an hour after the kitchen was closed, `serve` still \
    waits for guests. What ends the grace?";

const GRACE: Duration = Duration::from_secs(1);

/// What the door and the visits note, each with its ms.
#[derive(Clone)]
struct Notes(Instant, Arc<Mutex<Vec<(u128, &'static str)>>>);

impl Notes {
    fn new() -> Notes {
        Notes(Instant::now(), Arc::default())
    }

    fn add(&self, text: &'static str) {
        let ms = self.0.elapsed().as_millis();
        let mut notes = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        notes.push((ms, text));
    }

    fn of(&self, text: &str) -> Vec<u128> {
        let notes = self.1.lock().unwrap_or_else(PoisonError::into_inner);
        let of = notes.iter().filter(|(_, note)| *note == text);
        of.map(|&(ms, _)| ms).collect()
    }
}

/// What happens at the door, and from which ms on.
enum Knock {
    Error(ErrorKind),
    /// A guest who stays for so many ms.
    Guest(u64),
    /// A guest whose visit panics.
    Clumsy,
}

struct FakeDoor {
    knocks: VecDeque<(u64, Knock)>,
    notes: Notes,
}

impl Drop for FakeDoor {
    fn drop(&mut self) {
        self.notes.add("closed");
    }
}

/// Notes whether a visit came to its end.
struct Inside(Notes, bool);

impl Drop for Inside {
    fn drop(&mut self) {
        self.0.add(if self.1 { "served" } else { "cut off" });
    }
}

impl Door for FakeDoor {
    async fn accept(&mut self) -> io::Result<Visit> {
        self.notes.add("accept");
        let Some(&(ms, _)) = self.knocks.front() else {
            return pending().await;
        };
        // To drop this wait loses no guest.
        sleep_until(self.notes.0 + Duration::from_millis(ms)).await;
        let notes = self.notes.clone();
        match self.knocks.pop_front() {
            None => pending().await,
            Some((_, Knock::Error(kind))) => Err(kind.into()),
            // A panic, without the text of one.
            Some((_, Knock::Clumsy)) => {
                Ok(Box::pin(async { resume_unwind(Box::new("clumsy")) }))
            }
            Some((_, Knock::Guest(ms))) => {
                notes.add("let in");
                Ok(Box::pin(async move {
                    let mut inside = Inside(notes, false);
                    sleep(Duration::from_millis(ms)).await;
                    inside.1 = true;
                }))
            }
        }
    }
}

/// How many visits are counted, at which ms `serve` returned, and the notes.
async fn evening(
    knocks: impl IntoIterator<Item = (u64, Knock)>,
    closing: u64,
) -> (usize, u128, Notes) {
    let notes = Notes::new();
    let door = FakeDoor {
        knocks: knocks.into_iter().collect(),
        notes: notes.clone(),
    };
    let closing = sleep_until(notes.0 + Duration::from_millis(closing));
    let all = timeout(Duration::from_secs(3600), serve(door, closing, GRACE));
    let served = all
        .await
        .unwrap_or_else(|_| panic!("{}", exercises::once(NO_END)));
    let ms = notes.0.elapsed().as_millis();
    // Tasks that were aborted get a moment to end.
    sleep(Duration::from_millis(1)).await;
    (served, ms, notes)
}

#[test]
fn an_error_at_the_door_is_not_the_end() {
    virtual_time::run(|| async {
        use ErrorKind::{ConnectionAborted, Other};
        let (served, _, notes) = evening(
            [
                (0, Knock::Guest(50)),
                (10, Knock::Error(ConnectionAborted)),
                (10, Knock::Guest(50)),
                (20, Knock::Error(Other)),
                (20, Knock::Guest(50)),
            ],
            5000,
        )
        .await;
        let let_in = notes.of("let in");
        exercises::same!(
            (let_in.len(), served),
            (3, 3),
            "three guests came, and two errors between them. So many were let \
             in, and so many visits counted. One guest who has gone, or \
             a moment without descriptors, is no reason to close",
        );
        exercises::same!(
            let_in,
            [0, 10, 120],
            "the guests came at 0, 10 and 20 ms, and were let in at these ms. \
             At 10 ms another guest had gone before `accept`, at 20 it \
             failed for lack of something: which of these needs a `PAUSE`, and \
             does another branch of a `select!` cut it short?",
        );
    });
}

#[test]
fn an_error_that_stays_does_not_keep_the_thread() {
    virtual_time::run(|| async {
        // After a thousand errors the door is silent.
        let errors = (0..1000).map(|_| (0, Knock::Error(ErrorKind::Other)));
        let (_, ms, notes) = evening(errors, 950).await;
        let asked = notes.of("accept").len();
        assert!(
            asked <= 12,
            "each `accept` fails, until the kitchen closes at 950 ms. It was \
             called {asked} times: a loop without a pause keeps the thread, \
             which could give back what is missing"
        );
        exercises::same!(
            ms,
            950,
            "closed at 950 ms, in the middle of a pause, and nobody is inside: \
             `serve` returned at this ms. Does closing end the pause?",
        );
    });
}

#[test]
fn a_guest_who_is_inside_may_finish() {
    virtual_time::run(|| async {
        let knocks = [(0, Knock::Guest(300)), (200, Knock::Guest(10))];
        let (served, ms, notes) = evening(knocks, 100).await;
        exercises::same!(
            notes.of("let in"),
            [0],
            "closed at 100 ms, and guests were let in at these ms",
        );
        exercises::same!(
            (served, ms),
            (1, 300),
            "closed at 100 ms, and a guest stays until 300. So many visits \
             were counted, and `serve` returned at this ms. Who is \
             inside may finish, and then there is nothing to wait for",
        );
        exercises::same!(
            notes.of("closed"),
            [100],
            "closed at 100 ms, and the door was dropped at this ms. As \
             long as a listener exists, the system lets guests queue at it",
        );
    });
}

#[test]
fn the_grace_has_an_end() {
    virtual_time::run(|| async {
        let knocks = [(0, Knock::Guest(60_000)), (10, Knock::Guest(300))];
        let (served, ms, notes) = evening(knocks, 100).await;
        exercises::same!(
            (served, ms),
            (1, 1100),
            "closed at 100 ms with a grace of 1000, and a guest would stay for \
             a minute. So many visits were counted, and `serve` returned at \
             this ms. What ends the wait for who does not leave?",
        );
        exercises::same!(
            notes.of("cut off"),
            [1100],
            "`serve` returned at 1100 ms, and a guest who was not done was cut \
             off at this ms. Does a task end when nobody waits for it?",
        );
    });
}

#[test]
fn a_visit_that_panics_is_not_served() {
    virtual_time::run(|| async {
        let knocks = [(0, Knock::Clumsy), (10, Knock::Guest(10))];
        let (served, ..) = evening(knocks, 100).await;
        exercises::same!(
            served,
            1,
            "of two visits, one panicked. So many were counted",
        );
    });
}
