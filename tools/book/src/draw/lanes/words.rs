//! A recording in words.

use recorder::{Cause, Clock, Event, Kind, Recording};

use crate::draw::escape;

/// The events as a list for each time.
pub(super) fn steps(recording: &Recording, lanes: &[&str]) -> String {
    let mut html = String::new();
    let at_same_time = recording
        .events
        .chunk_by(|a, b| time(recording, a) == time(recording, b));
    for events in at_same_time {
        let now = time(recording, &events[0]);
        html += &format!("<li><b>{now}</b><ol>\n");
        for event in events {
            let line = event.line.map(|line| format!(" data-line=\"{line}\""));
            let line = line.unwrap_or_default();
            let what = in_words(recording, lanes, event);
            html += &format!("<li{line}>{what}</li>\n");
        }
        html += "</ol></li>\n";
    }
    html
}

fn time(recording: &Recording, event: &Event) -> String {
    let at = event.at;
    match recording.clock {
        Clock::Virtual => format!("{at} ms"),
        Clock::Wall { .. } => format!("{}.{} ms", at / 1000, at / 100 % 10),
    }
}

fn in_words(recording: &Recording, lanes: &[&str], event: &Event) -> String {
    let name = |lane: usize| {
        let name = lanes.get(lane).copied().unwrap_or_default();
        format!("<code>{}</code>", escape(name))
    };
    let the_lock = |lock: &usize| {
        let other = |event: &Event| matches!(event.kind, Kind::Waits { lock } if lock > 0);
        // With one lock there is no need to call it by its number.
        match recording.events.iter().any(other) {
            false => "the lock".to_owned(),
            true => format!("lock {}", lock + 1),
        }
    };
    let what = match &event.kind {
        Kind::Created { .. } => match recording.clock {
            Clock::Virtual => "is created".to_owned(),
            Clock::Wall { .. } => "is started".to_owned(),
        },
        Kind::Polled => "is polled".to_owned(),
        Kind::Pending => "answers <code>Pending</code>".to_owned(),
        Kind::Ready => "answers <code>Ready</code>".to_owned(),
        Kind::Woken { by } => {
            let by = match by {
                Cause::Lane(by) if *by == event.lane => "itself".to_owned(),
                Cause::Lane(by) => name(*by),
                Cause::Runtime => "the runtime".to_owned(),
                Cause::Main => "<code>main</code>".to_owned(),
                Cause::Thread => "another thread".to_owned(),
            };
            format!("is woken by {by}")
        }
        Kind::Dropped => "is dropped, unfinished".to_owned(),
        Kind::Said { text } => format!("prints <samp>{}</samp>", escape(text)),
        Kind::Waits { lock } => format!("asks for {}", the_lock(lock)),
        Kind::Holds { lock } => format!("gets {}", the_lock(lock)),
        Kind::Frees { lock } => format!("lets go of {}", the_lock(lock)),
        Kind::Ended => "ends".to_owned(),
    };
    format!("{} {what}", name(event.lane))
}
