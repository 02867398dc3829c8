//! What a recording holds, and the file it is kept in.

use std::collections::BTreeMap;
use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The version of the file format; a file of another one is refused.
pub const VERSION: u32 = 2;

/// What the tasks or the threads of one run did, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The source file of the listing, relative to the root of the book.
    pub listing: String,
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

/// The first line of a file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Head {
    recording: u32,
    listing: String,
    clock: Clock,
}

/// What the first line of a file of any version has.
#[derive(Deserialize)]
struct AnyHead {
    recording: u32,
}

/// The last line of a file: it tells a whole file from a truncated one.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Foot {
    events: usize,
}

/// Why a file is not a recording.
#[derive(Debug)]
pub struct ReadError {
    /// The file.
    pub file: PathBuf,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let file = self.file.display();
        write!(f, "{file}:{}: {}", self.line, self.what)
    }
}

impl std::error::Error for ReadError {}

impl Recording {
    /// The text of the file: a head, one event on each line, a foot.
    pub fn to_text(&self) -> String {
        let mut lines = vec![json(&Head {
            recording: VERSION,
            listing: self.listing.clone(),
            clock: self.clock.clone(),
        })];
        lines.extend(self.events.iter().map(json));
        lines.push(json(&Foot {
            events: self.events.len(),
        }));
        lines.join("\n") + "\n"
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When it cannot be read, is of another version, is truncated, or holds
    /// events that cannot follow each other. The error names file and line.
    pub fn read(file: &Path) -> Result<Recording, ReadError> {
        let fault = |line: usize, what: String| ReadError {
            file: file.to_owned(),
            line,
            what,
        };
        let text = fs::read_to_string(file)
            .map_err(|error| fault(1, format!("cannot be read: {error}")))?;
        let lines: Vec<&str> = text.lines().collect();
        let Some((first, rest)) = lines.split_first() else {
            return Err(fault(1, "the file is empty".to_owned()));
        };
        let no_head = |_| fault(1, "is not the head of a recording".to_owned());
        let head: AnyHead = serde_json::from_str(first).map_err(no_head)?;
        if head.recording != VERSION {
            let text = format!(
                "is of version {}, this program reads {VERSION}; record again \
                 with `cargo figures`",
                head.recording
            );
            return Err(fault(1, text));
        }
        let head: Head = serde_json::from_str(first).map_err(no_head)?;
        let Some((last, middle)) = rest.split_last() else {
            return Err(fault(1, "the file ends after its head".to_owned()));
        };
        let mut events = Vec::new();
        for (number, line) in middle.iter().enumerate() {
            let event: Event = serde_json::from_str(line)
                .map_err(|e| fault(number + 2, format!("is no event: {e}")))?;
            events.push(event);
        }
        let end = lines.len();
        let foot: Foot = serde_json::from_str(last).map_err(|_| {
            let text = "the file is truncated: its last line is no foot";
            fault(end, text.to_owned())
        })?;
        let threads = head.clock != Clock::Virtual;
        check(&events, threads)
            .map_err(|(index, what)| fault(index + 2, what))?;
        if foot.events != events.len() {
            let text = format!(
                "the foot counts {} events, the file has {}",
                foot.events,
                events.len()
            );
            return Err(fault(end, text));
        }
        Ok(Recording {
            listing: head.listing,
            clock: head.clock,
            events,
        })
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

    const GOOD: &str = r#"{"recording":2,"listing":"toast.rs","clock":"virtual"}
{"at":0,"lane":0,"event":"created","name":"main"}
{"at":0,"lane":0,"event":"polled"}
{"at":0,"lane":0,"line":4,"event":"pending"}
{"at":9,"lane":0,"event":"woken","by":"runtime"}
{"at":9,"lane":0,"event":"polled"}
{"at":9,"lane":0,"event":"ready"}
{"events":6}
"#;

    fn read(name: &str, text: &str) -> Result<Recording, String> {
        let name = format!("recorder-{}-{name}", std::process::id());
        let file = std::env::temp_dir().join(name);
        fs::write(&file, text).expect("the temporary folder can be written");
        let recording = Recording::read(&file);
        fs::remove_file(&file).expect("the file is there");
        recording.map_err(|error| error.to_string())
    }

    /// Reads `GOOD` with one text replaced; the error must name the line.
    fn fault(name: &str, from: &str, to: &str, line: usize, what: &str) {
        assert!(GOOD.contains(from), "{from}");
        let error = read(name, &GOOD.replacen(from, to, 1))
            .expect_err("the fault is found");
        let place = format!("{name}:{line}: ");
        assert!(error.contains(&place), "no {place} in {error}");
        assert!(error.contains(what), "no {what} in {error}");
    }

    #[test]
    fn a_recording_is_read_as_it_was_written() {
        let recording = read("good", GOOD).expect("it is good");
        assert_eq!(recording.events.len(), 6);
        assert_eq!(recording.to_text(), GOOD);
    }

    #[test]
    fn another_version() {
        fault("version", "g\":2", "g\":1", 1, "is of version 1");
        fault("head", "recording", "record", 1, "is not the head");
        assert!(
            read("empty", "")
                .expect_err("the fault is found")
                .contains("is empty")
        );
    }

    #[test]
    fn a_truncated_file() {
        fault("foot", "{\"events\":6}\n", "", 7, "truncated");
        fault("count", "\"events\":6", "\"events\":7", 8, "counts 7");
        fault("half", "\"event\":\"polled\"}", "", 3, "is no event");
    }

    #[test]
    fn events_out_of_order() {
        let polled = "{\"at\":9,\"lane\":0,\"event\":\"polled\"}\n";
        fault("time", "\"at\":9", "\"at\":10", 6, "is earlier");
        fault("lane", "\"lane\":0", "\"lane\":1", 2, "out of order");
        fault(
            "none",
            "0,\"lane\":0,\"event\":\"polled",
            "0,\"lane\":3,\"event\":\"polled",
            3,
            "has not been created",
        );
        fault("twice", polled, &polled.repeat(2), 7, "is being polled");
        fault("end", polled, "", 6, "has not begun");
    }

    const THREADS: &str = r#"{"recording":2,"listing":"jam.rs","clock":{"wall":{"machine":"a laptop"}}}
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
{"events":10}
"#;

    #[test]
    fn threads_and_their_locks() {
        let recording = read("threads", THREADS).expect("it is good");
        assert_eq!(recording.to_text(), THREADS);
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
            let error = read("lock", &text).expect_err("the fault is found");
            let place = format!("lock:{line_of_fault}: {what}");
            assert!(error.contains(&place), "no {place} in {error}");
        }
    }
}
