//! Which events can follow each other.

use std::collections::BTreeMap;

use super::{Cause, Event, Kind};

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
pub(super) fn check(
    events: &[Event],
    threads: bool,
) -> Result<(), (usize, String)> {
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
