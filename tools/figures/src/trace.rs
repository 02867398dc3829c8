//! A recording as a picture of lanes, and as a list of steps.

use std::fmt::Write;

use recorder::{Cause, Event, Kind, Recording};

/// The width of one event, in pixels.
const STEP: usize = 12;
/// The height of one lane.
const LANE: usize = 28;
/// Where the first lane begins, below the times.
const TOP: usize = 30;
/// The height of a box.
const BOX: usize = 14;
/// The width of one character of a label.
const GLYPH: usize = 7;

/// Draws a recording as a fragment of HTML without blank lines.
///
/// `name` is the listing's name; it makes the ids of the figure unique. The
/// fragment holds a `<trace-player>`; the caption is the page's.
pub fn draw(name: &str, recording: &Recording) -> String {
    let lanes = recording.lanes();
    let left =
        GLYPH * lanes.iter().map(|l| l.chars().count()).max().unwrap_or(0);
    let picture = Picture {
        events: &recording.events,
        lanes: &lanes,
        left: left + 2 * STEP,
    };
    let width = picture.x(recording.events.len()) + STEP;
    let height = TOP + lanes.len() * LANE;
    let count = recording.events.len();
    let mut html = String::new();
    let _ = write!(
        html,
        "<trace-player data-listing=\"{name}\">\n\
         <div class=\"trace-scroll\" tabindex=\"0\" role=\"region\" \
         aria-label=\"Recording of {name}\">\n\
         <svg width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"The tasks of {name}, poll by poll; the steps follow in \
         words\">\n"
    );
    picture.write(&mut html);
    html.push_str("</svg>\n</div>\n");
    let _ = writeln!(
        html,
        "<details class=\"trace-steps\"><summary>The recording in words: \
         {count} steps</summary>"
    );
    steps(&mut html, &recording.events, &lanes);
    html.push_str("</details>\n</trace-player>\n");
    html
}

struct Picture<'a> {
    events: &'a [Event],
    lanes: &'a [&'a str],
    left: usize,
}

impl Picture<'_> {
    fn x(&self, index: usize) -> usize {
        self.left + index * STEP
    }

    fn y(&self, lane: usize) -> usize {
        TOP + lane * LANE
    }

    fn write(&self, svg: &mut String) {
        self.write_times(svg);
        for (lane, name) in self.lanes.iter().enumerate() {
            let middle = self.y(lane) + BOX / 2;
            let (from, to) = self.life(lane);
            let name = escape(name);
            let _ = writeln!(
                svg,
                "<text class=\"lane\" x=\"0\" y=\"{}\">{name}</text>\
                 <path class=\"life\" d=\"M{from} {middle}H{to}\"/>",
                middle + 4
            );
        }
        for (index, event) in self.events.iter().enumerate() {
            self.write_event(svg, index, event);
        }
    }

    /// From where to where the line of a lane goes.
    fn life(&self, lane: usize) -> (usize, usize) {
        let mut of_lane = self
            .events
            .iter()
            .enumerate()
            .filter(|(_, event)| event.lane == lane);
        let from = of_lane.clone().next().map_or(0, |(index, _)| index);
        let to = of_lane
            .find(|(_, e)| matches!(e.kind, Kind::Ready | Kind::Dropped))
            .map_or(self.events.len(), |(index, _)| index);
        (self.x(from), self.x(to))
    }

    /// A dashed line wherever virtual time moves, with the time above it.
    fn write_times(&self, svg: &mut String) {
        let mut last = None;
        // Only the first time has room for it.
        let mut unit = " ms";
        for (index, event) in self.events.iter().enumerate() {
            if last != Some(event.ms) {
                last = Some(event.ms);
                let x = self.x(index) - STEP / 2;
                let bottom = self.y(self.lanes.len()) - LANE + BOX + 4;
                let _ = writeln!(
                    svg,
                    "<path class=\"time\" d=\"M{x} 16V{bottom}\"/>\
                     <text class=\"ms\" x=\"{x}\" y=\"11\">{}{unit}</text>",
                    event.ms
                );
                unit = "";
            }
        }
    }

    fn write_event(&self, svg: &mut String, index: usize, event: &Event) {
        let (x, y) = (self.x(index), self.y(event.lane));
        let middle = y + BOX / 2;
        let _ = match &event.kind {
            Kind::Created { .. } => writeln!(
                svg,
                "<path data-s=\"{index}\" class=\"created\" \
                 d=\"M{x} {}v8\"/>",
                middle - 4
            ),
            Kind::Polled => {
                let (end, ready) = self.end_of_poll(index, event.lane);
                let class = if ready { "ready" } else { "pending" };
                let width = self.x(end) - x + STEP / 2;
                writeln!(
                    svg,
                    "<rect data-s=\"{index}\" class=\"{class}\" x=\"{x}\" \
                     y=\"{y}\" width=\"{width}\" height=\"{BOX}\" rx=\"3\"/>"
                )
            }
            // The box of the poll shows how it ended; its right edge is the
            // mark of this step.
            Kind::Pending | Kind::Ready => writeln!(
                svg,
                "<path data-s=\"{index}\" class=\"end\" d=\"M{} {y}v{BOX}\"/>",
                x + STEP / 2
            ),
            Kind::Woken { by } => {
                let from = match by {
                    Cause::Lane(by) if *by > event.lane => self.y(*by),
                    Cause::Lane(by) => self.y(*by) + BOX,
                    Cause::Runtime => 18,
                };
                let (to, head) = if from > y {
                    (y + BOX + 1, 4)
                } else {
                    (y - 1, -4)
                };
                let barb = i64::try_from(to).unwrap_or(0) + head;
                writeln!(
                    svg,
                    "<path data-s=\"{index}\" class=\"woken\" \
                     d=\"M{x} {from}V{to}M{} {barb}L{x} {to}L{} {barb}\"/>",
                    x - 3,
                    x + 3
                )
            }
            Kind::Dropped => writeln!(
                svg,
                "<path data-s=\"{index}\" class=\"dropped\" \
                 d=\"M{} {}l8 8m0 -8l-8 8\"/>",
                x - 4,
                middle - 4
            ),
            Kind::Said { .. } => writeln!(
                svg,
                "<circle data-s=\"{index}\" class=\"said\" cx=\"{x}\" \
                 cy=\"{middle}\" r=\"3\"/>"
            ),
        };
    }

    /// The index of the event that ends the poll begun at `index`, and whether
    /// it ended with `Ready`. A recording cut short ends at its last event.
    fn end_of_poll(&self, index: usize, lane: usize) -> (usize, bool) {
        self.events
            .iter()
            .enumerate()
            .skip(index + 1)
            .find_map(|(end, event)| match event.kind {
                Kind::Ready if event.lane == lane => Some((end, true)),
                Kind::Pending if event.lane == lane => Some((end, false)),
                _ => None,
            })
            .unwrap_or((self.events.len(), false))
    }
}

fn steps(html: &mut String, events: &[Event], lanes: &[&str]) {
    html.push_str("<ol>\n");
    let mut time = None;
    for event in events {
        if time != Some(event.ms) {
            if time.is_some() {
                html.push_str("</ol></li>\n");
            }
            time = Some(event.ms);
            let _ = writeln!(html, "<li><b>{} ms</b><ol>", event.ms);
        }
        let name = |lane: usize| {
            let name = lanes.get(lane).copied().unwrap_or_default();
            format!("<code>{}</code>", escape(name))
        };
        let who = name(event.lane);
        let what = match &event.kind {
            Kind::Created { .. } => format!("{who} is created"),
            Kind::Polled => format!("{who} is polled"),
            Kind::Pending => format!("{who} answers <code>Pending</code>"),
            Kind::Ready => format!("{who} answers <code>Ready</code>"),
            Kind::Woken { by: Cause::Runtime } => {
                format!("the runtime wakes {who}")
            }
            Kind::Woken {
                by: Cause::Lane(by),
            } => {
                format!("{} wakes {who}", name(*by))
            }
            Kind::Dropped => format!("{who} is dropped, unfinished"),
            Kind::Said { text } => {
                format!("{who} prints <samp>{}</samp>", escape(text))
            }
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

pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}
