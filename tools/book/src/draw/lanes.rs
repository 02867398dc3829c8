//! A recording as a picture of lanes, and as a list of steps.

use std::fmt::Write;

use super::escape;
use recorder::{Cause, Clock, Event, Kind, Recording};

/// The width of one event, in pixels.
const STEP: usize = 12;
/// The width of a recording by the clock.
const WALL: usize = 640;
/// The height of one lane.
const LANE: usize = 28;
/// Where the first lane begins, below the times.
const TOP: usize = 30;
/// The height of a box.
const BOX: usize = 14;

/// Draws a recording as a fragment of HTML without blank lines.
///
/// `name` is the listing's name; it makes the ids of the figure unique. The
/// fragment holds a `<trace-player>`; the caption is the page's.
pub fn draw(name: &str, recording: &Recording) -> String {
    let lanes = recording.lanes();
    let events = &recording.events;
    let end = events.last().map_or(0, |event| event.at);
    let picture = Picture {
        recording,
        lanes: lanes.len(),
        // The unit of the axis: an event, or the time of the whole.
        scale: match recording.clock {
            Clock::Virtual => None,
            Clock::Wall { .. } => Some(end.max(1)),
        },
    };
    let width = picture.x(events.len()) + STEP;
    let height = TOP + lanes.len() * LANE;
    let (what, note) = match &recording.clock {
        Clock::Virtual => ("The tasks", String::new()),
        Clock::Wall { machine } => (
            "The threads",
            format!(
                "<p class=\"trace-note\">One run of many, recorded on {}. \
                 Yours will differ.</p>\n",
                escape(machine)
            ),
        ),
    };
    let mut html = String::new();
    let _ = writeln!(
        html,
        "<trace-player data-listing=\"{name}\">\n\
         <div class=\"trace-scroll\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Recording of {name}\">\n\
         <div class=\"trace-lanes\" aria-hidden=\"true\">\n<b>ms</b>"
    );
    for lane in &lanes {
        let _ = writeln!(html, "<span>{}</span>", escape(lane));
    }
    let _ = writeln!(
        html,
        "</div>\n\
         <svg width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{what} of {name}, step by step; the steps follow in \
         words\">"
    );
    picture.write(&mut html);
    let _ = writeln!(
        html,
        "</svg>\n</div>\n{note}\
         <details class=\"trace-steps\"><summary>The recording in words: {} \
         steps</summary>",
        events.len()
    );
    steps(&mut html, recording, &lanes);
    html.push_str("</details>\n</trace-player>\n");
    html
}

struct Picture<'a> {
    recording: &'a Recording,
    lanes: usize,
    scale: Option<u64>,
}

impl Picture<'_> {
    fn events(&self) -> impl Iterator<Item = (usize, &Event)> + Clone {
        self.recording.events.iter().enumerate()
    }

    /// Where the event of this index is; behind the last one, where all ends.
    fn x(&self, index: usize) -> usize {
        let Some(scale) = self.scale else {
            return (index + 1) * STEP;
        };
        let at = self.recording.events.get(index).map_or(scale, |e| e.at);
        STEP + self.at(at)
    }

    /// How far from the beginning of a wall clock's axis this time is.
    fn at(&self, time: u64) -> usize {
        let scale = self.scale.unwrap_or(1);
        let x = time * u64::try_from(WALL).unwrap_or(0) / scale;
        usize::try_from(x).unwrap_or(0)
    }

    fn y(&self, lane: usize) -> usize {
        TOP + lane * LANE
    }

    fn write(&self, svg: &mut String) {
        match self.scale {
            None => self.write_times(svg),
            Some(end) => self.write_axis(svg, end),
        }
        for lane in 0..self.lanes {
            let middle = self.y(lane) + BOX / 2;
            let (from, to) = self.life(lane);
            let _ = writeln!(
                svg,
                "<path class=\"life\" d=\"M{from} {middle}H{to}\"/>"
            );
        }
        for (index, event) in self.events() {
            self.write_event(svg, index, event);
        }
    }

    /// From where to where the line of a lane goes.
    fn life(&self, lane: usize) -> (usize, usize) {
        let mut of_lane = self.events().filter(|(_, e)| e.lane == lane);
        let from = of_lane.clone().next().map_or(0, |(index, _)| index);
        let to = of_lane
            .find(|(_, e)| {
                matches!(e.kind, Kind::Ready | Kind::Dropped | Kind::Ended)
            })
            .map_or(self.recording.events.len(), |(index, _)| index);
        (self.x(from), self.x(to))
    }

    fn write_time(&self, svg: &mut String, x: usize, ms: u64) {
        let bottom = self.y(self.lanes) - LANE + BOX + 4;
        let _ = writeln!(
            svg,
            "<path class=\"time\" d=\"M{x} 16V{bottom}\"/>\
             <text class=\"ms\" x=\"{x}\" y=\"11\">{ms}</text>"
        );
    }

    /// A dashed line wherever virtual time moves, with the time above it.
    fn write_times(&self, svg: &mut String) {
        let mut last = None;
        for (index, event) in self.events() {
            if last != Some(event.at) {
                last = Some(event.at);
                let x = self.x(index) - STEP / 2;
                self.write_time(svg, x, event.at);
            }
        }
    }

    /// A dashed line at each of at most eight round times.
    fn write_axis(&self, svg: &mut String, end: u64) {
        let mut step = 1000;
        while end / step > 8 {
            step *= 2;
        }
        for time in
            (0..=end).step_by(usize::try_from(step).unwrap_or(usize::MAX))
        {
            self.write_time(svg, STEP + self.at(time), time / 1000);
        }
    }

    fn write_event(&self, svg: &mut String, index: usize, event: &Event) {
        let (x, y) = (self.x(index), self.y(event.lane));
        let middle = y + BOX / 2;
        let mark = format!("data-s=\"{index}\"");
        let _ = match &event.kind {
            Kind::Created { .. } => writeln!(
                svg,
                "<path {mark} class=\"created\" d=\"M{x} {}v8\"/>",
                middle - 4
            ),
            Kind::Polled => {
                let (end, ready) = self.end_of_poll(index, event.lane);
                let class = if ready { "ready" } else { "pending" };
                let width = self.x(end) - x + STEP / 2;
                writeln!(
                    svg,
                    "<rect {mark} class=\"{class}\" x=\"{x}\" y=\"{y}\" \
                     width=\"{width}\" height=\"{BOX}\" rx=\"3\"/>"
                )
            }
            Kind::Waits { .. } => {
                let end = self.next_of(index, event.lane);
                let width = self.x(end) - x;
                writeln!(
                    svg,
                    "<rect {mark} class=\"waits\" x=\"{x}\" y=\"{}\" \
                     width=\"{width}\" height=\"6\"/>",
                    middle - 3
                )
            }
            Kind::Holds { lock } => {
                let end = self.end_of_hold(index, event.lane, *lock);
                // Held anew at once, the boxes would be one.
                let width = (self.x(end) - x).saturating_sub(2).max(1);
                writeln!(
                    svg,
                    "<rect {mark} class=\"ready\" x=\"{x}\" y=\"{y}\" \
                     width=\"{width}\" height=\"{BOX}\" rx=\"1\"/>"
                )
            }
            // The box of the poll shows how it ended; its right edge is the
            // mark of this step.
            Kind::Pending | Kind::Ready => writeln!(
                svg,
                "<path {mark} class=\"end\" d=\"M{} {y}v{BOX}\"/>",
                x + STEP / 2
            ),
            Kind::Frees { .. } => writeln!(
                svg,
                "<path {mark} class=\"end\" d=\"M{x} {y}v{BOX}\"/>"
            ),
            Kind::Woken { by } => {
                let from = match by {
                    Cause::Lane(by) if *by > event.lane => self.y(*by),
                    Cause::Lane(by) => self.y(*by) + BOX,
                    Cause::Runtime | Cause::Main | Cause::Thread => 18,
                };
                let (to, head) = if from > y {
                    (y + BOX + 1, 4)
                } else {
                    (y - 1, -4)
                };
                let barb = i64::try_from(to).unwrap_or(0) + head;
                if let Some(poll) = self.next_poll(index, event.lane) {
                    let _ = writeln!(
                        svg,
                        "<path {mark} class=\"queued\" d=\"M{x} {middle}H{}\"/>",
                        self.x(poll)
                    );
                }
                writeln!(
                    svg,
                    "<path {mark} class=\"woken\" \
                     d=\"M{x} {from}V{to}M{} {barb}L{x} {to}L{} {barb}\"/>",
                    x - 3,
                    x + 3
                )
            }
            Kind::Dropped => writeln!(
                svg,
                "<path {mark} class=\"dropped\" d=\"M{} {}l8 8m0 -8l-8 8\"/>",
                x - 4,
                middle - 4
            ),
            Kind::Ended => writeln!(
                svg,
                "<path {mark} class=\"ended\" d=\"M{x} {y}v{BOX}\"/>"
            ),
            Kind::Said { .. } => writeln!(
                svg,
                "<circle {mark} class=\"said\" cx=\"{x}\" cy=\"{middle}\" \
                 r=\"3\"/>"
            ),
        };
    }

    /// The index of the lane's next event, or where the recording ends.
    fn next_of(&self, index: usize, lane: usize) -> usize {
        self.events()
            .skip(index + 1)
            .find(|(_, event)| event.lane == lane)
            .map_or(self.recording.events.len(), |(next, _)| next)
    }

    /// The index at which a lane that is woken at `index` is polled. None when
    /// it is being polled, has been woken before, or is over.
    fn next_poll(&self, index: usize, lane: usize) -> Option<usize> {
        let of_lane = |(_, event): &(usize, &Event)| event.lane == lane;
        let before = self.recording.events[..index].iter().rev();
        let idle = before
            .filter(|event| event.lane == lane)
            .find(|event| !matches!(event.kind, Kind::Said { .. }))
            .is_none_or(|event| {
                matches!(event.kind, Kind::Pending | Kind::Created { .. })
            });
        let (next, event) =
            self.events().skip(index + 1).filter(of_lane).find(
                |(_, event)| matches!(event.kind, Kind::Polled | Kind::Dropped),
            )?;
        (idle && event.kind == Kind::Polled).then_some(next)
    }

    /// The index of the event that ends the poll begun at `index`, and whether
    /// it ended with `Ready`. A recording cut short ends at its last event.
    fn end_of_poll(&self, index: usize, lane: usize) -> (usize, bool) {
        self.events()
            .skip(index + 1)
            .find_map(|(end, event)| match event.kind {
                Kind::Ready if event.lane == lane => Some((end, true)),
                Kind::Pending if event.lane == lane => Some((end, false)),
                _ => None,
            })
            .unwrap_or((self.recording.events.len(), false))
    }

    /// The index at which the lane frees the lock that it got at `index`.
    fn end_of_hold(&self, index: usize, lane: usize, lock: usize) -> usize {
        self.events()
            .skip(index + 1)
            .find(|(_, event)| {
                event.lane == lane && event.kind == Kind::Frees { lock }
            })
            .map_or(self.recording.events.len(), |(end, _)| end)
    }
}

fn steps(html: &mut String, recording: &Recording, lanes: &[&str]) {
    html.push_str("<ol>\n");
    let mut time = None;
    // With one lock there is no need to call it by its number.
    let locks = recording
        .events
        .iter()
        .filter_map(|event| match event.kind {
            Kind::Waits { lock } => Some(lock),
            _ => None,
        });
    let one_lock = locks.max() <= Some(0);
    let the_lock = |lock: &usize| match one_lock {
        true => "the lock".to_owned(),
        false => format!("lock {}", lock + 1),
    };
    for event in &recording.events {
        let now = match recording.clock {
            Clock::Virtual => format!("{} ms", event.at),
            Clock::Wall { .. } => {
                format!("{}.{} ms", event.at / 1000, event.at / 100 % 10)
            }
        };
        if time.as_ref() != Some(&now) {
            if time.is_some() {
                html.push_str("</ol></li>\n");
            }
            let _ = writeln!(html, "<li><b>{now}</b><ol>");
            time = Some(now);
        }
        let name = |lane: usize| {
            let name = lanes.get(lane).copied().unwrap_or_default();
            format!("<code>{}</code>", escape(name))
        };
        let who = name(event.lane);
        let what = match &event.kind {
            Kind::Created { .. } if recording.clock == Clock::Virtual => {
                format!("{who} is created")
            }
            Kind::Created { .. } => format!("{who} is started"),
            Kind::Polled => format!("{who} is polled"),
            Kind::Pending => format!("{who} answers <code>Pending</code>"),
            Kind::Ready => format!("{who} answers <code>Ready</code>"),
            Kind::Woken { by } => {
                let by = match by {
                    Cause::Lane(by) if *by == event.lane => "itself".to_owned(),
                    Cause::Lane(by) => name(*by),
                    Cause::Runtime => "the runtime".to_owned(),
                    Cause::Main => "<code>main</code>".to_owned(),
                    Cause::Thread => "another thread".to_owned(),
                };
                format!("{who} is woken by {by}")
            }
            Kind::Dropped => format!("{who} is dropped, unfinished"),
            Kind::Said { text } => {
                format!("{who} prints <samp>{}</samp>", escape(text))
            }
            Kind::Waits { lock } => {
                format!("{who} asks for {}", the_lock(lock))
            }
            Kind::Holds { lock } => {
                format!("{who} gets {}", the_lock(lock))
            }
            Kind::Frees { lock } => {
                format!("{who} lets go of {}", the_lock(lock))
            }
            Kind::Ended => format!("{who} ends"),
        };
        let line = event
            .line
            .map(|line| format!(" data-line=\"{line}\""))
            .unwrap_or_default();
        let _ = writeln!(html, "<li{line}>{what}</li>");
    }
    if time.is_some() {
        html.push_str("</ol></li>\n");
    }
    html.push_str("</ol>\n");
}
