//! What a recording holds, and the file it is kept in.

use std::collections::BTreeMap;
use std::fmt::{self, Display};

use serde::{Deserialize, Serialize};

mod order;

use order::check;

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

#[cfg(test)]
mod tests;
