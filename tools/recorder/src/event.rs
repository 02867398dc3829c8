//! What a recording holds, and the file it is kept in.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

/// What the tasks or the threads of one run did, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// What told the time.
    pub clock: Clock,
    /// The events.
    pub events: Vec<Event>,
}

/// What told the time of a recording.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Clock {
    /// Virtual time, in milliseconds: tasks on one thread, the same in each run.
    Virtual,
    /// The clock of a machine, in microseconds: threads, never the same twice.
    Wall {
        /// The machine and the day.
        machine: String,
    },
}

/// One thing that happened.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Event {
    /// The time since the recording began, in the unit of its clock.
    pub at: u64,
    /// The number of the lane: they are numbered as they begin.
    pub lane: usize,
    /// The line of the listing that the event belongs to, where known, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What happened.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What can happen to a future or to a thread.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Kind {
    /// It was created, or the thread was started; its lane begins.
    Created {
        /// How the figure calls it.
        name: String,
    },
    /// Somebody began to poll it.
    Polled,
    /// That poll returned `Pending`.
    Pending,
    /// That poll returned `Ready`.
    Ready,
    /// Its waker was called.
    Woken {
        /// By whom.
        by: Cause,
    },
    /// It was dropped before it was ready.
    Dropped,
    /// The thread asked for a lock.
    Waits {
        /// The lock, by number.
        lock: usize,
    },
    /// The thread got the lock.
    Holds {
        /// The lock, by number.
        lock: usize,
    },
    /// The thread is about to let go of the lock.
    Frees {
        /// The lock, by number.
        lock: usize,
    },
    /// The thread ended.
    Ended,
    /// It printed a line.
    Said {
        /// The line.
        text: String,
    },
}

/// Who called a waker.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Cause {
    /// The future of this lane, while it was polled.
    Lane(usize),
    /// Nobody who is polled: a timer of the runtime, a task that has just ended,
    /// or a task that gave way and is let on again.
    Runtime,
    /// The listing itself, outside of any poll, where it is its own executor.
    Main,
    /// Another thread.
    Thread,
}

/// Why a text is not a recording.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for ReadError {}

impl Recording {
    /// The text of the file: the clock, and one event on each line.
    pub fn to_text(&self) -> String {
        let mut lines = vec![json(&self.clock)];
        lines.extend(self.events.iter().map(json));
        lines.join("\n") + "\n"
    }

    /// Reads the text of a file.
    ///
    /// # Errors
    ///
    /// When it names no clock, or holds events that cannot follow each other.
    pub fn parse(text: &str) -> Result<Recording, ReadError> {
        let fault = |line, what| ReadError { line, what };
        let mut lines = text.lines();
        let clock = serde_json::from_str(lines.next().unwrap_or_default())
            .map_err(|e| fault(1, format!("is no clock: {e}")))?;
        let mut events = Vec::new();
        for (index, line) in lines.enumerate() {
            let event: Event = serde_json::from_str(line)
                .map_err(|e| fault(index + 2, format!("is no event: {e}")))?;
            events.push(event);
        }
        check(&events, clock != Clock::Virtual)
            .map_err(|(index, what)| fault(index + 2, what))?;
        Ok(Recording { clock, events })
    }

    /// What each lane did, in its own order: what does not depend on when the
    /// threads of a recording ran, on what they printed, and on who got a lock
    /// first.
    pub fn deeds(&self) -> BTreeMap<&str, Vec<(Option<u32>, Kind)>> {
        let lanes = self.lanes();
        let mut deeds: BTreeMap<&str, Vec<_>> = BTreeMap::new();
        for event in &self.events {
            let kind = match event.kind.clone() {
                Kind::Said { .. } => Kind::Said {
                    text: String::new(),
                },
                kind => kind,
            };
            deeds
                .entry(lanes[event.lane])
                .or_default()
                .push((event.line, kind));
        }
        deeds
    }

    /// The name of the first lane that is not over at the end.
    pub fn unfinished(&self) -> Option<&str> {
        let over = |lane| {
            self.events.iter().any(|event| {
                let end = matches!(
                    event.kind,
                    Kind::Ready | Kind::Dropped | Kind::Ended
                );
                event.lane == lane && end
            })
        };
        let mut lanes = self.lanes().into_iter().enumerate();
        lanes.find(|(lane, _)| !over(*lane)).map(|(_, name)| name)
    }

    /// The names of the lanes, by number.
    pub fn lanes(&self) -> Vec<&str> {
        let mut lanes = Vec::new();
        for event in &self.events {
            if let Kind::Created { name } = &event.kind {
                lanes.push(name.as_str());
            }
        }
        lanes
    }
}

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("these types have no map keys to fail")
}

/// Where a lane stands between two of its events.
#[derive(Clone, Copy, PartialEq)]
enum State {
    Idle,
    Polled,
    Waits(usize),
    Over,
}

/// Whether events can follow each other as they do; the index of the first
/// that cannot, and why.
fn check(events: &[Event], threads: bool) -> Result<(), (usize, String)> {
    let mut lanes: Vec<State> = Vec::new();
    let mut holders: BTreeMap<usize, usize> = BTreeMap::new();
    let mut now = 0;
    for (index, event) in events.iter().enumerate() {
        let fault = |what: &str| Err((index, what.to_owned()));
        if event.at < now {
            return fault("is earlier than the event before it");
        }
        now = event.at;
        if matches!(event.kind, Kind::Created { .. }) {
            if event.lane != lanes.len() {
                return fault("creates a lane out of order");
            }
            lanes.push(State::Idle);
            continue;
        }
        let Some(state) = lanes.get(event.lane).copied() else {
            return fault("is of a lane that has not been created");
        };
        if let Kind::Woken {
            by: Cause::Lane(by),
        } = event.kind
            && by >= lanes.len()
        {
            return fault("names a lane that has not been created");
        }
        let holder = match &event.kind {
            Kind::Holds { lock } => holders.insert(*lock, event.lane),
            Kind::Frees { lock } => holders.remove(lock),
            _ => None,
        };
        match (&event.kind, holder) {
            (Kind::Holds { .. }, Some(_)) => {
                return fault("takes a lock that another lane holds");
            }
            (Kind::Frees { .. }, other) if other != Some(event.lane) => {
                return fault("frees a lock that it does not hold");
            }
            (Kind::Ended, _) if holders.values().any(|l| *l == event.lane) => {
                return fault("ends a thread that holds a lock");
            }
            _ => {}
        }
        match after(state, &event.kind) {
            Ok(state) => lanes[event.lane] = state,
            Err(what) => return fault(what),
        }
    }
    if threads && lanes.iter().any(|state| *state != State::Over) {
        return Err((events.len(), "leaves a thread unjoined".to_owned()));
    }
    Ok(())
}

/// Where a lane stands after an event, or why that cannot follow.
fn after(state: State, kind: &Kind) -> Result<State, &'static str> {
    match (kind, state) {
        // A waker may outlive its future.
        (Kind::Woken { .. }, state) => Ok(state),
        (_, State::Over) => Err("is of a lane that is over"),
        (Kind::Said { .. }, state) => Ok(state),
        (Kind::Polled, State::Idle) => Ok(State::Polled),
        (Kind::Polled, _) => Err("polls a future that is being polled"),
        (Kind::Pending, State::Polled) => Ok(State::Idle),
        (Kind::Ready, State::Polled) => Ok(State::Over),
        (Kind::Pending | Kind::Ready, _) => {
            Err("ends a poll that has not begun")
        }
        (Kind::Waits { lock }, State::Idle) => Ok(State::Waits(*lock)),
        (Kind::Holds { lock }, State::Waits(on)) if on == *lock => {
            Ok(State::Idle)
        }
        (Kind::Holds { .. }, _) => Err("gets a lock that it did not wait for"),
        (Kind::Frees { .. }, State::Idle) => Ok(State::Idle),
        (Kind::Dropped | Kind::Ended, State::Idle) => Ok(State::Over),
        (_, State::Polled) => Err("comes while the future is being polled"),
        (_, State::Waits(_)) => Err("comes while the thread waits"),
        (Kind::Created { .. }, _) => Err("creates a lane twice"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#""virtual"
{"at":0,"lane":0,"event":"created","name":"main"}
{"at":0,"lane":0,"event":"polled"}
{"at":0,"lane":0,"line":4,"event":"pending"}
{"at":9,"lane":0,"event":"woken","by":"runtime"}
{"at":9,"lane":0,"event":"polled"}
{"at":9,"lane":0,"event":"ready"}
"#;

    fn finds(text: &str, line: usize, what: &str) {
        let error = Recording::parse(text).expect_err("the fault is found");
        assert_eq!(error.line, line, "{error}");
        assert!(error.what.contains(what), "no {what} in {error}");
    }

    /// Reads `GOOD` with one text replaced; the error must name the line.
    fn fault(from: &str, to: &str, line: usize, what: &str) {
        assert!(GOOD.contains(from), "{from}");
        finds(&GOOD.replacen(from, to, 1), line, what);
    }

    #[test]
    fn a_recording_is_read_as_it_was_written() {
        for text in [GOOD, THREADS] {
            let recording = Recording::parse(text).expect("it is good");
            assert_eq!(recording.to_text(), text);
        }
    }

    #[test]
    fn a_text_that_is_no_recording() {
        finds("", 1, "is no clock");
        fault("virtual", "real", 1, "is no clock");
        fault("\"event\":\"polled\"}", "", 3, "is no event");
    }

    #[test]
    fn events_out_of_order() {
        let polled = "{\"at\":9,\"lane\":0,\"event\":\"polled\"}\n";
        fault("\"at\":9", "\"at\":10", 6, "is earlier");
        fault("\"lane\":0", "\"lane\":1", 2, "out of order");
        fault(
            "0,\"lane\":0,\"event\":\"polled",
            "0,\"lane\":3,\"event\":\"polled",
            3,
            "has not been created",
        );
        fault(polled, &polled.repeat(2), 7, "is being polled");
        fault(polled, "", 6, "has not begun");
    }

    const THREADS: &str = r#"{"wall":{"machine":"a laptop"}}
{"at":0,"lane":0,"event":"created","name":"cook"}
{"at":0,"lane":1,"event":"created","name":"guest"}
{"at":1,"lane":0,"event":"waits","lock":0}
{"at":1,"lane":0,"event":"holds","lock":0}
{"at":2,"lane":1,"event":"waits","lock":0}
{"at":3,"lane":0,"event":"frees","lock":0}
{"at":3,"lane":1,"event":"holds","lock":0}
{"at":4,"lane":1,"event":"frees","lock":0}
{"at":5,"lane":0,"event":"ended"}
{"at":5,"lane":1,"event":"ended"}
"#;

    #[test]
    fn threads_and_their_locks() {
        let line = |number: usize| {
            THREADS
                .lines()
                .nth(number - 1)
                .expect("there is such a line")
        };
        for (gone, line_of_fault, what) in [
            (7, 7, "takes a lock that another lane holds"),
            (5, 6, "frees a lock that it does not hold"),
            (6, 7, "gets a lock that it did not wait for"),
            (9, 10, "ends a thread that holds a lock"),
            (10, 11, "leaves a thread unjoined"),
        ] {
            let text = THREADS.replace(&format!("{}\n", line(gone)), "");
            finds(&text, line_of_fault, what);
        }
    }
}
