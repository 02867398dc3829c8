//! A recording as a picture of lanes, and as a list of steps.

use super::{escape, path};
use recorder::{Cause, Clock, Event, Kind, Recording};

mod words;

use words::steps;

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
        events,
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
    let names = lanes
        .iter()
        .map(|l| format!("<span>{}</span>\n", escape(l)));
    format!(
        "<trace-player data-listing=\"{name}\">\n\
         <div class=\"trace-scroll\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Recording of {name}\">\n\
         <div class=\"trace-lanes\" aria-hidden=\"true\">\n<b>ms</b>\n\
         {}</div>\n\
         <svg width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"{what} of {name}, step by step; the steps follow in \
         words\">\n\
         {}</svg>\n</div>\n{note}\
         <details class=\"trace-steps\"><summary>The recording in words: {} \
         steps</summary>\n<ol>\n\
         {}</ol>\n</details>\n</trace-player>\n",
        names.collect::<String>(),
        picture.draw(),
        events.len(),
        steps(recording, &lanes)
    )
}

struct Picture<'a> {
    events: &'a [Event],
    lanes: usize,
    scale: Option<u64>,
}

impl Picture<'_> {
    /// Where the event of this index is; behind the last one, where all ends.
    fn x(&self, index: usize) -> usize {
        let Some(scale) = self.scale else {
            return (index + 1) * STEP;
        };
        let at = self.events.get(index).map_or(scale, |event| event.at);
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

    /// The index of the first event behind `index` of this lane that `fits`, or
    /// where the recording ends.
    fn next(
        &self,
        index: usize,
        lane: usize,
        fits: impl Fn(&Kind) -> bool,
    ) -> usize {
        let later = self.events.iter().enumerate().skip(index + 1);
        let mut of_lane = later.filter(|(_, event)| event.lane == lane);
        let next = of_lane.find(|(_, event)| fits(&event.kind));
        next.map_or(self.events.len(), |(index, _)| index)
    }

    fn draw(&self) -> String {
        let mut svg = match self.scale {
            None => self.times(),
            Some(end) => self.axis(end),
        };
        for (index, event) in self.events.iter().enumerate() {
            if matches!(event.kind, Kind::Created { .. }) {
                let over = |kind: &Kind| {
                    matches!(kind, Kind::Ready | Kind::Dropped | Kind::Ended)
                };
                let end = self.x(self.next(index, event.lane, over));
                let (x, middle) = (self.x(index), self.y(event.lane) + BOX / 2);
                svg += &path("life", &format!("M{x} {middle}H{end}"));
                svg.push('\n');
            }
        }
        for (index, event) in self.events.iter().enumerate() {
            svg += &self.event(index, event);
            svg.push('\n');
        }
        svg
    }

    fn time(&self, x: usize, ms: u64) -> String {
        let bottom = self.y(self.lanes) - LANE + BOX + 4;
        let line = path("time", &format!("M{x} 16V{bottom}"));
        format!("{line}<text class=\"ms\" x=\"{x}\" y=\"11\">{ms}</text>\n")
    }

    /// A dashed line wherever virtual time moves, with the time above it.
    fn times(&self) -> String {
        let mut last = None;
        let mut svg = String::new();
        for (index, event) in self.events.iter().enumerate() {
            if last.replace(event.at) != Some(event.at) {
                svg += &self.time(self.x(index) - STEP / 2, event.at);
            }
        }
        svg
    }

    /// A dashed line at each of at most eight round times.
    fn axis(&self, end: u64) -> String {
        let mut step = 1000;
        while end / step > 8 {
            step *= 2;
        }
        let times = (0..=end / step).map(|n| n * step);
        times
            .map(|at| self.time(STEP + self.at(at), at / 1000))
            .collect()
    }

    /// What an event looks like. `data-s` is the number of its step.
    fn event(&self, index: usize, event: &Event) -> String {
        let Event { lane, .. } = *event;
        let (x, y) = (self.x(index), self.y(lane));
        let middle = y + BOX / 2;
        let line = |class: &str, d: String| {
            format!(r#"<path data-s="{index}" class="{class}" d="{d}"/>"#)
        };
        let area = |class: &str, y: usize, width: usize, rest: String| {
            format!(
                "<rect data-s=\"{index}\" class=\"{class}\" x=\"{x}\" \
                 y=\"{y}\" width=\"{width}\" {rest}/>"
            )
        };
        match &event.kind {
            Kind::Created { .. } => {
                line("created", format!("M{x} {}v8", middle - 4))
            }
            Kind::Polled => {
                // A recording cut short ends at its last event.
                let end = self.next(index, lane, |kind| {
                    matches!(kind, Kind::Ready | Kind::Pending)
                });
                let ended = self.events.get(end).map(|event| &event.kind);
                let class = match ended {
                    Some(Kind::Ready) => "ready",
                    _ => "pending",
                };
                let width = self.x(end) - x + STEP / 2;
                area(class, y, width, format!(r#"height="{BOX}" rx="3""#))
            }
            Kind::Waits { .. } => {
                let end = self.x(self.next(index, lane, |_| true));
                area("waits", middle - 3, end - x, r#"height="6""#.to_owned())
            }
            Kind::Holds { lock } => {
                let frees = Kind::Frees { lock: *lock };
                let end = self.x(self.next(index, lane, |kind| *kind == frees));
                // Held anew at once, the boxes would be one.
                let width = (end - x).saturating_sub(2).max(1);
                area("ready", y, width, format!(r#"height="{BOX}" rx="1""#))
            }
            // The box of the poll shows how it ended; its right edge is the
            // mark of this step.
            Kind::Pending | Kind::Ready => {
                line("end", format!("M{} {y}v{BOX}", x + STEP / 2))
            }
            Kind::Frees { .. } => line("end", format!("M{x} {y}v{BOX}")),
            Kind::Woken { by } => {
                let from = match by {
                    Cause::Lane(by) if *by > lane => self.y(*by),
                    Cause::Lane(by) => self.y(*by) + BOX,
                    Cause::Runtime | Cause::Main | Cause::Thread => 18,
                };
                // The tip of the arrow, and where its barbs end.
                let (to, barb) = match from > y {
                    true => (y + BOX + 1, y + BOX + 5),
                    false => (y - 1, y - 5),
                };
                let queued = self.next_poll(index, lane).map(|poll| {
                    let end = self.x(poll);
                    line("queued", format!("M{x} {middle}H{end}")) + "\n"
                });
                let (left, right) = (x - 3, x + 3);
                let arrow = format!(
                    "M{x} {from}V{to}M{left} {barb}L{x} {to}L{right} {barb}"
                );
                queued.unwrap_or_default() + &line("woken", arrow)
            }
            Kind::Dropped => {
                let (left, top) = (x - 4, middle - 4);
                line("dropped", format!("M{left} {top}l8 8m0 -8l-8 8"))
            }
            Kind::Ended => line("ended", format!("M{x} {y}v{BOX}")),
            Kind::Said { .. } => format!(
                "<circle data-s=\"{index}\" class=\"said\" cx=\"{x}\" \
                 cy=\"{middle}\" r=\"3\"/>"
            ),
        }
    }

    /// The index at which a lane that is woken at `index` is polled. None when
    /// it is being polled, has been woken before, or is over.
    fn next_poll(&self, index: usize, lane: usize) -> Option<usize> {
        let idle = self.events[..index]
            .iter()
            .filter(|event| event.lane == lane)
            .rfind(|event| !matches!(event.kind, Kind::Said { .. }))
            .is_none_or(|event| {
                matches!(event.kind, Kind::Pending | Kind::Created { .. })
            });
        let next = self.next(index, lane, |kind| {
            matches!(kind, Kind::Polled | Kind::Dropped)
        });
        let polled = self.events.get(next)?.kind == Kind::Polled;
        (idle && polled).then_some(next)
    }
}
