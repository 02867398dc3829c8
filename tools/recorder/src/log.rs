//! The recording under way.
//!
//! A recorded listing runs on one thread, so the log is that thread's own.

use std::cell::{Cell, RefCell};
use std::env;
use std::fs;

use tokio::time::Instant;

use crate::event::{Cause, Event, Kind, Recording};

#[derive(Default)]
struct Log {
    start: Option<Instant>,
    lanes: Vec<String>,
    events: Vec<Event>,
}

thread_local! {
    static LOG: RefCell<Log> = RefCell::default();
    static CURRENT: Cell<Option<usize>> = const { Cell::new(None) };
    static LINE: Cell<Option<u32>> = const { Cell::new(None) };
}

/// Starts the clock of the recording.
pub(crate) fn start() {
    LOG.with_borrow_mut(|log| log.start = Some(Instant::now()));
}

/// Notes an event of `lane`.
pub(crate) fn note(lane: usize, line: Option<u32>, kind: Kind) {
    LOG.with_borrow_mut(|log| {
        let ms = log.start.map_or(0, |start| start.elapsed().as_millis());
        log.events.push(Event {
            ms: u64::try_from(ms).unwrap_or(u64::MAX),
            lane,
            line,
            kind,
        });
    });
}

/// Opens a lane and gives it a number. The second lane of a name is told from
/// the first: `cook`, `cook (2)`.
pub(crate) fn open(name: String, line: Option<u32>) -> usize {
    let (lane, twins) = LOG.with_borrow_mut(|log| {
        let twins = log.lanes.iter().filter(|other| **other == name).count();
        log.lanes.push(name.clone());
        (log.lanes.len() - 1, twins)
    });
    let name = match twins {
        0 => name,
        twins => format!("{name} ({})", twins + 1),
    };
    note(lane, line, Kind::Created { name });
    lane
}

/// Makes `lane` the one that is polled, and returns the one that was.
pub(crate) fn enter(lane: Option<usize>) -> Option<usize> {
    CURRENT.replace(lane)
}

/// Who calls a waker now.
pub(crate) fn cause() -> Cause {
    CURRENT.get().map_or(Cause::Runtime, Cause::Lane)
}

/// Remembers the line at which the current poll stands.
pub(crate) fn stand_at(line: Option<u32>) -> Option<u32> {
    LINE.replace(line)
}

/// Prints a line and notes it: what the recorded `println!` calls.
pub fn say(line: u32, text: String) {
    std::println!("{text}");
    // A line printed outside any future belongs to no lane.
    if let Some(lane) = CURRENT.get() {
        note(lane, Some(line), Kind::Said { text });
    }
}

/// Writes the recording to the file that the variable `RECORD_TO` names.
pub(crate) fn finish() {
    let Some(file) = env::var_os("RECORD_TO") else {
        return;
    };
    let listing = env::var("RECORD_OF").unwrap_or_default();
    let events = LOG.with_borrow_mut(|log| std::mem::take(&mut log.events));
    let recording = Recording { listing, events };
    if let Err(error) = fs::write(&file, recording.to_text()) {
        eprintln!("cannot write {}: {error}", file.display());
        std::process::exit(1);
    }
}
