//! What a recording holds, and the file it is kept in.

use std::fmt::{self, Display};
use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

/// The version of the file format; a file of another one is refused.
pub const VERSION: u32 = 1;

/// What the tasks of one run did, in order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recording {
    /// The source file of the listing, relative to the root of the book.
    pub listing: String,
    /// The events.
    pub events: Vec<Event>,
}

/// One thing that happened.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
pub struct Event {
    /// Virtual time since the runtime was built, in milliseconds.
    pub ms: u64,
    /// The number of the lane: futures are numbered as they are created.
    pub lane: usize,
    /// The line of the listing that the event belongs to, where known, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// What happened.
    #[serde(flatten)]
    pub kind: Kind,
}

/// What can happen to a future.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq, Serialize)]
#[serde(tag = "event", rename_all = "lowercase")]
pub enum Kind {
    /// It was created; its lane begins.
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
}

/// The first line of a file.
#[derive(Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
struct Head {
    recording: u32,
    listing: String,
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
        let head: Head = serde_json::from_str(first).map_err(|_| {
            let text = "is not the head of a recording";
            fault(1, text.to_owned())
        })?;
        if head.recording != VERSION {
            let text = format!(
                "is of version {}, this program reads {VERSION}; record again \
                 with `cargo run -p figures`",
                head.recording
            );
            return Err(fault(1, text));
        }
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
        check(&events).map_err(|(index, what)| fault(index + 2, what))?;
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
            events,
        })
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

/// Whether events can follow each other as they do; the index of the first
/// that cannot, and why.
fn check(events: &[Event]) -> Result<(), (usize, String)> {
    #[derive(Clone, Copy, PartialEq)]
    enum State {
        Idle,
        Polled,
        Over,
    }
    let mut lanes: Vec<State> = Vec::new();
    let mut now = 0;
    for (index, event) in events.iter().enumerate() {
        let fault = |what: &str| Err((index, what.to_owned()));
        if event.ms < now {
            return fault("is earlier than the event before it");
        }
        now = event.ms;
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
        let next = match (&event.kind, state) {
            (Kind::Polled, State::Idle) => State::Polled,
            (Kind::Polled, State::Polled) => {
                return fault("polls a future that is being polled");
            }
            (Kind::Pending, State::Polled) => State::Idle,
            (Kind::Ready, State::Polled) => State::Over,
            (Kind::Pending | Kind::Ready, _) => {
                return fault("ends a poll that has not begun");
            }
            (Kind::Dropped, State::Idle) => State::Over,
            (Kind::Polled | Kind::Dropped, _) => {
                return fault("is of a future that is over");
            }
            (
                Kind::Woken {
                    by: Cause::Lane(by),
                },
                _,
            ) if *by >= lanes.len() => {
                return fault("names a lane that has not been created");
            }
            (Kind::Woken { .. } | Kind::Said { .. }, state) => state,
            (Kind::Created { .. }, _) => continue,
        };
        lanes[event.lane] = next;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = r#"{"recording":1,"listing":"toast.rs"}
{"ms":0,"lane":0,"event":"created","name":"main"}
{"ms":0,"lane":0,"event":"polled"}
{"ms":0,"lane":0,"line":4,"event":"pending"}
{"ms":9,"lane":0,"event":"woken","by":"runtime"}
{"ms":9,"lane":0,"event":"polled"}
{"ms":9,"lane":0,"event":"ready"}
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
        fault("version", "g\":1", "g\":2", 1, "is of version 2");
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
        let polled = "{\"ms\":9,\"lane\":0,\"event\":\"polled\"}\n";
        fault("time", "\"ms\":9", "\"ms\":10", 6, "is earlier");
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
}
