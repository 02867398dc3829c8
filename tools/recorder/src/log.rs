//! The recording under way.

use std::cell::Cell;
use std::env;
use std::fs;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::task::Poll;

use crate::event::{Cause, Clock, Event, Kind, Recording};

struct Log {
    clock: Option<Now>,
    lanes: Vec<String>,
    events: Vec<Event>,
}

/// Where a recording reads the time.
enum Now {
    /// Virtual time, which stands still where there is no runtime to move it.
    Virtual(Option<tokio::time::Instant>),
    Wall(std::time::Instant),
}

/// One for all threads: wakers may be called on any of them.
static LOG: Mutex<Log> = Mutex::new(Log {
    clock: None,
    lanes: Vec::new(),
    events: Vec::new(),
});

thread_local! {
    static CURRENT: Cell<Option<usize>> = const { Cell::new(None) };
    static LINE: Cell<Option<u32>> = const { Cell::new(None) };
    static OUTSIDE: Cell<Cause> = const { Cell::new(Cause::Runtime) };
}

fn log() -> MutexGuard<'static, Log> {
    // A panic of the listing does not damage a list of events.
    LOG.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Starts a recording in the virtual time of the runtime that runs here.
pub(crate) fn start_with_runtime() {
    log().clock = Some(Now::Virtual(Some(tokio::time::Instant::now())));
}

/// Starts a recording of a listing that is its own executor.
pub(crate) fn start_without_runtime() {
    log().clock = Some(Now::Virtual(None));
    OUTSIDE.set(Cause::Main);
}

/// Starts a recording of threads.
pub(crate) fn start_threads() {
    log().clock = Some(Now::Wall(std::time::Instant::now()));
}

/// Says that this thread polls nothing: its wakes come from outside.
pub(crate) fn outside() {
    OUTSIDE.set(Cause::Thread);
}

impl Log {
    fn note(&mut self, lane: usize, line: Option<u32>, kind: Kind) {
        let at = match &self.clock {
            Some(Now::Virtual(Some(start))) => start.elapsed().as_millis(),
            Some(Now::Wall(start)) => start.elapsed().as_micros(),
            Some(Now::Virtual(None)) | None => 0,
        };
        self.events.push(Event {
            at: u64::try_from(at).unwrap_or(u64::MAX),
            lane,
            line,
            kind,
        });
    }
}

/// Notes an event of a lane. What belongs to no future has none.
pub(crate) fn note(lane: Option<usize>, line: Option<u32>, kind: Kind) {
    if let Some(lane) = lane {
        log().note(lane, line, kind);
    }
}

/// Polls a future in its lane, and notes how that went. It begins at `line`; a
/// future of the listing says where it stands when it waits.
pub(crate) fn polled<T>(
    lane: usize,
    line: Option<u32>,
    poll: impl FnOnce() -> Poll<T>,
) -> Poll<T> {
    let outer = CURRENT.replace(Some(lane));
    note(Some(lane), line, Kind::Polled);
    let outer_line = LINE.take();
    let outcome = poll();
    let line = LINE.replace(outer_line);
    match outcome {
        Poll::Ready(_) => note(Some(lane), None, Kind::Ready),
        Poll::Pending => note(Some(lane), line, Kind::Pending),
    }
    CURRENT.set(outer);
    outcome
}

/// Opens a lane and gives it a number. The second lane of a name is told from
/// the first: `cook`, `cook (2)`.
pub(crate) fn open(name: String, line: Option<u32>) -> usize {
    let mut log = log();
    let twins = log.lanes.iter().filter(|other| **other == name).count();
    log.lanes.push(name.clone());
    let lane = log.lanes.len() - 1;
    let name = match twins {
        0 => name,
        twins => format!("{name} ({})", twins + 1),
    };
    log.note(lane, line, Kind::Created { name });
    lane
}

/// Makes `lane` the one that runs on this thread.
pub(crate) fn enter(lane: usize) {
    CURRENT.set(Some(lane));
}

/// The lane that runs on this thread.
pub(crate) fn current() -> Option<usize> {
    CURRENT.get()
}

/// Who calls a waker now.
pub(crate) fn cause() -> Cause {
    CURRENT.get().map_or_else(|| OUTSIDE.get(), Cause::Lane)
}

/// Remembers the line at which the current poll stands.
pub(crate) fn stand_at(line: u32) {
    LINE.set(Some(line));
}

/// Prints a line and notes it: what the recorded `println!` calls.
pub fn say(line: u32, text: String) {
    std::println!("{text}");
    note(current(), Some(line), Kind::Said { text });
}

/// Ends the lane of `main`, where it has one, and writes the recording when it is
/// dropped.
#[must_use]
pub struct Main(pub(crate) ());

impl Drop for Main {
    fn drop(&mut self) {
        note(current(), None, Kind::Ended);
        finish();
    }
}

/// Writes the recording to the file that the variable `RECORD_TO` names.
pub(crate) fn finish() {
    let Some(file) = env::var_os("RECORD_TO") else {
        return;
    };
    let mut log = log();
    let clock = match log.clock {
        // Which one, whoever keeps the recording says.
        Some(Now::Wall(_)) => Clock::Wall {
            machine: String::new(),
        },
        _ => Clock::Virtual,
    };
    let recording = Recording {
        clock,
        events: std::mem::take(&mut log.events),
    };
    if let Err(error) = fs::write(&file, recording.to_text()) {
        eprintln!("cannot write {}: {error}", file.display());
        std::process::exit(1);
    }
}
