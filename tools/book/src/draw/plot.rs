//! A measurement as bars or as curves, and as a table.

use std::fmt::Write;

use serde::Deserialize;

use super::escape;
use crate::measurement::{Cell, Fault, Measurement, Row, Table, unit};

/// The width of a plot. A phone shows it as wide as this, so that the texts are
/// as large as the style says; a desktop may show it somewhat larger.
const WIDTH: f64 = 360.0;
/// The width of one character of a label, and the space beside it.
const GLYPH: f64 = 8.0;
/// From one line of text to the next.
const LINE: f64 = 20.0;
/// From one bar to the next.
const STEP: f64 = 26.0;
/// The height of a bar.
const BAR: f64 = 16.0;
/// The height of the area of curves.
const AREA: f64 = 180.0;
/// Half the size of a mark.
const MARK: f64 = 4.5;

/// `[package.metadata.listings.NAME.plot]`: how the numbers that a listing
/// prints are drawn.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Plot {
    /// The kind of drawing.
    pub kind: Kind,
    /// The axis of what was measured is logarithmic.
    #[serde(default)]
    pub log: bool,
    /// So is the axis of what it was measured of, below curves.
    #[serde(default)]
    pub log_places: bool,
    /// Every run prints these numbers, on every machine.
    #[serde(default)]
    pub exact: bool,
}

/// The kind of a drawing.
#[derive(Clone, Copy, Debug, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// For each column but the first, which names them, a bar for each row;
    /// each column has an axis of its own.
    Bars,
    /// For each column but the first, which says where the points stand, a line
    /// with marks; they share one axis.
    Curves,
}

/// Draws a measurement as a fragment of HTML without blank lines.
///
/// `name` is the listing's name. The caption of the figure is the page's.
///
/// # Errors
///
/// When the table is faulty, or cannot be drawn as the plot says; the line is
/// that of the measurement.
pub fn draw(
    name: &str,
    plot: &Plot,
    measurement: &Measurement,
) -> Result<String, Fault> {
    let table = measurement.table()?;
    let mut svg = String::new();
    let height = match plot.kind {
        Kind::Bars => bars(&mut svg, plot, &table)?,
        Kind::Curves => curves(&mut svg, plot, &table)?,
    };
    let mut html = String::new();
    let _ = writeln!(
        html,
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"{}: {} by {}; the numbers follow in a table\">",
        escape(name),
        escape(&table.columns[1..].join(", ")),
        escape(&table.columns[0])
    );
    html.push_str(&svg);
    html.push_str("</svg>\n");
    circumstances(&mut html, plot, measurement);
    numbers(&mut html, &table);
    Ok(html)
}

/// A scale: which values it shows, and where.
struct Scale {
    log: bool,
    low: f64,
    high: f64,
    /// Where `low` and `high` stand.
    from: f64,
    to: f64,
}

impl Scale {
    fn at(&self, value: f64) -> f64 {
        let part = if self.log {
            (value / self.low).log10() / (self.high / self.low).log10()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + part * (self.to - self.from)
    }

    /// The values that have a line: powers of ten, or few round ones.
    fn ticks(&self) -> Vec<f64> {
        if !self.log {
            let step = round_step(self.high - self.low);
            let count = ((self.high - self.low) / step).round() as usize;
            return (0..=count).map(|n| self.low + n as f64 * step).collect();
        }
        let decades = (self.high / self.low).log10();
        let parts: &[f64] = if decades > 2.0 {
            &[1.0]
        } else {
            &[1.0, 2.0, 5.0]
        };
        let first = self.low.log10().floor() as i32;
        let last = self.high.log10().ceil() as i32;
        (first..=last)
            .flat_map(|power| parts.iter().map(move |p| p * ten(power)))
            .filter(|v| *v >= self.low * 0.999 && *v <= self.high * 1.001)
            .collect()
    }
}

fn ten(power: i32) -> f64 {
    10_f64.powi(power)
}

/// A fifth of `span` or more, as 1, 2 or 5 times a power of ten.
fn round_step(span: f64) -> f64 {
    let least = span / 5.0;
    let decade = ten(least.log10().floor() as i32);
    [1.0, 2.0, 5.0]
        .into_iter()
        .map(|part| part * decade)
        .find(|step| *step >= least * 0.999)
        .unwrap_or(10.0 * decade)
}

/// The ends of an axis that shows all `cells`. A bar needs a length, so that
/// its axis begins below them, or at 0.
fn ends(
    cells: &[(&Row, &Cell)],
    log: bool,
    bars: bool,
) -> Result<(f64, f64), Fault> {
    for (row, cell) in cells {
        if log && cell.value <= 0.0 {
            let what = format!("{} has no place on a log axis", cell.text);
            return Err(Fault::at(row.line, what));
        }
        if bars && cell.value < 0.0 {
            let what = format!("{} is no length of a bar", cell.text);
            return Err(Fault::at(row.line, what));
        }
    }
    let values = || cells.iter().map(|(_, cell)| cell.value);
    let least = values().fold(f64::INFINITY, f64::min);
    let most = values().fold(f64::NEG_INFINITY, f64::max);
    if log {
        let part = |value: f64, up: bool| {
            let decade = ten(value.log10().floor() as i32);
            let parts = [1.0, 2.0, 5.0, 10.0].map(|part| part * decade);
            let fits = |p: &f64| match up {
                true => *p >= value * 0.999,
                false => *p <= value * 1.001,
            };
            match up {
                true => parts.into_iter().find(fits),
                false => parts.into_iter().rfind(fits),
            }
            .unwrap_or(value)
        };
        return Ok(if bars {
            let low = ten(least.log10().ceil() as i32 - 1);
            (low, ten(most.log10().ceil() as i32).max(10.0 * low))
        } else {
            let (low, high) = (part(least, false), part(most, true));
            (low, high.max(2.0 * low))
        });
    }
    let low = if bars { 0.0 } else { least.min(0.0) };
    let span = if most > low { most - low } else { 1.0 };
    let step = round_step(span);
    let low = (low / step).floor() * step;
    Ok((low, ((low + span) / step).ceil() * step))
}

/// One panel for each column. Returns the height.
fn bars(svg: &mut String, plot: &Plot, table: &Table) -> Result<f64, Fault> {
    let log = plot.log;
    let labels = table.rows.iter().map(|row| row.label.as_str());
    let left = widest(labels) + 1.5 * GLYPH;
    let mut y = 0.0;
    for column in 1..table.columns.len() {
        let cells = cells(table, column);
        let (low, high) = ends(&cells, log, true)?;
        let values = cells.iter().map(|(_, cell)| cell.text.as_str());
        let scale = Scale {
            log,
            low,
            high,
            from: left,
            to: WIDTH - widest(values) - GLYPH,
        };
        title(svg, &table.columns[column], log, y);
        y += LINE + 6.0;
        let bottom = y + STEP * cells.len() as f64 - (STEP - BAR) + 4.0;
        let ticks: Vec<(f64, String)> = scale
            .ticks()
            .into_iter()
            .map(|tick| (scale.at(tick), number(tick)))
            .collect();
        let every = apart(&ticks);
        for (index, (x, text)) in ticks.iter().enumerate() {
            let _ = write!(
                svg,
                "<path class=\"grid\" d=\"M{} {}V{}\"/>",
                px(*x),
                px(y - 4.0),
                px(bottom)
            );
            // From the last, which says how far the axis goes.
            if (ticks.len() - 1 - index).is_multiple_of(every) {
                let _ = write!(
                    svg,
                    "<text class=\"tick middle\" x=\"{}\" y=\"{}\">{text}\
                     </text>",
                    px(*x),
                    px(bottom + 14.0)
                );
            }
            svg.push('\n');
        }
        for (row, cell) in cells {
            let end = scale.at(cell.value);
            let base = px(y + BAR - 3.0);
            let _ = writeln!(
                svg,
                "<text x=\"0\" y=\"{base}\">{}</text>\
                 <rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{BAR}\"/>\
                 <text x=\"{}\" y=\"{base}\">{}</text>",
                escape(&row.label),
                px(left),
                px(y),
                px(end - left),
                px(end + 6.0),
                escape(&cell.text)
            );
            y += STEP;
        }
        y = bottom + 14.0 + LINE;
    }
    Ok((y - LINE + 6.0).ceil())
}

/// The least number of ticks from one that is named to the next, so that their
/// texts stand apart.
fn apart(ticks: &[(f64, String)]) -> usize {
    let fits = |every: &usize| {
        let named: Vec<_> = ticks.iter().rev().step_by(*every).collect();
        named.windows(2).all(|pair| {
            let half = |text: &str| GLYPH * text.chars().count() as f64 / 2.0;
            let room = pair[0].0 - pair[1].0;
            room >= half(&pair[0].1) + half(&pair[1].1) + GLYPH
        })
    };
    (1..ticks.len()).find(fits).unwrap_or(ticks.len().max(1))
}

/// All columns over one axis. Returns the height.
fn curves(svg: &mut String, plot: &Plot, table: &Table) -> Result<f64, Fault> {
    let line = table.rows[0].line - 1;
    let columns = &table.columns[1..];
    if columns
        .iter()
        .any(|column| unit(column) != unit(&columns[0]))
    {
        let what = "columns of several units cannot share one axis; draw bars";
        return Err(Fault::at(line, what));
    }
    if columns.len() > 4 {
        return Err(Fault::at(line, "five curves cannot be told apart"));
    }
    let all: Vec<_> =
        (1..=columns.len()).flat_map(|c| cells(table, c)).collect();
    let (low, high) = ends(&all, plot.log, false)?;
    let places = places(table)?;
    let top = legend(svg, plot, columns) + 8.0;
    let vertical = Scale {
        log: plot.log,
        low,
        high,
        from: top + AREA,
        to: top,
    };
    let left = vertical_axis(svg, &vertical);
    let least = places.iter().copied().fold(f64::INFINITY, f64::min);
    let most = places.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    if plot.log_places && least <= 0.0 {
        let what = format!("{} has no place on a log axis", number(least));
        return Err(Fault::at(line, what));
    }
    // The name of the last place is as wide to its right as to its left.
    let last =
        widest(table.rows.last().map(|row| row.label.as_str()).into_iter());
    let horizontal = Scale {
        log: plot.log_places,
        low: least,
        high: if most > least { most } else { least + 1.0 },
        from: left + 6.0 + 2.0 * MARK,
        to: WIDTH - (last / 2.0).max(2.0 * GLYPH),
    };
    let bottom = top + AREA;
    // Few places are named one by one.
    let labels = table.rows.iter().map(|row| row.label.clone());
    let named: Vec<(f64, String)> = match places.len() <= 8 {
        true => places.iter().copied().zip(labels).collect(),
        false => horizontal
            .ticks()
            .iter()
            .map(|v| (*v, number(*v)))
            .collect(),
    };
    for (place, label) in named {
        let x = px(horizontal.at(place));
        let _ = writeln!(
            svg,
            "<path class=\"grid\" d=\"M{x} {}v5\"/>\
             <text class=\"tick middle\" x=\"{x}\" y=\"{}\">{}</text>",
            px(bottom),
            px(bottom + 19.0),
            escape(&label)
        );
    }
    let _ = writeln!(
        svg,
        "<text class=\"middle\" x=\"{}\" y=\"{}\">{}</text>",
        px((horizontal.from + horizontal.to) / 2.0),
        px(bottom + 40.0),
        escape(&table.columns[0])
    );
    for series in 0..columns.len() {
        let points: Vec<(f64, f64)> = places
            .iter()
            .zip(cells(table, series + 1))
            .map(|(x, (_, y))| (horizontal.at(*x), vertical.at(y.value)))
            .collect();
        curve(svg, series, &points);
    }
    Ok((bottom + 46.0).ceil())
}

/// Where the points of a curve stand: what the first column says.
fn places(table: &Table) -> Result<Vec<f64>, Fault> {
    let place = |row: &Row| match row.label.parse::<f64>() {
        Ok(value) if value.is_finite() => Ok(value),
        _ => {
            let what = format!("`{}` is no place on an axis", row.label);
            Err(Fault::at(row.line, what))
        }
    };
    table.rows.iter().map(place).collect()
}

/// What the curves are, and in which unit. Returns where the area may begin.
fn legend(svg: &mut String, plot: &Plot, columns: &[String]) -> f64 {
    let mut top = LINE;
    if let [column] = columns {
        title(svg, column, plot.log, 0.0);
        return top;
    }
    let unit = unit(&columns[0]).map(|unit| format!("in {unit}"));
    title(svg, unit.as_deref().unwrap_or("count"), plot.log, 0.0);
    for (series, name) in columns.iter().enumerate() {
        // The unit stands in the title.
        let name = name.rsplit_once(" (").map_or(name.as_str(), |n| n.0);
        let middle = top + LINE / 2.0;
        let _ = writeln!(
            svg,
            "<g class=\"s{series}\"><path d=\"M0 {}H28\"/>{}</g>\
             <text x=\"36\" y=\"{}\">{}</text>",
            px(middle),
            mark(series, 14.0, middle),
            px(middle + 5.0),
            escape(name)
        );
        top += LINE;
    }
    top
}

/// Returns how much room its numbers take.
fn vertical_axis(svg: &mut String, scale: &Scale) -> f64 {
    let ticks = scale.ticks().into_iter();
    let ticks: Vec<_> = ticks.map(|value| (value, number(value))).collect();
    let left = widest(ticks.iter().map(|(_, text)| text.as_str()));
    // More lines than eight hide the curves.
    for (value, text) in ticks.iter().step_by(ticks.len().div_ceil(8)) {
        let y = scale.at(*value);
        let _ = writeln!(
            svg,
            "<text class=\"tick end\" x=\"{}\" y=\"{}\">{text}</text>\
             <path class=\"grid\" d=\"M{} {}H{WIDTH}\"/>",
            px(left),
            px(y + 4.0),
            px(left + 6.0),
            px(y)
        );
    }
    left
}

fn curve(svg: &mut String, series: usize, points: &[(f64, f64)]) {
    let path: Vec<String> = points
        .iter()
        .map(|(x, y)| format!("{} {}", px(*x), px(*y)))
        .collect();
    let _ = writeln!(svg, "<g class=\"s{series}\">");
    let _ = writeln!(svg, "<path d=\"M{}\"/>", path.join("L"));
    for (x, y) in points {
        let _ = writeln!(svg, "{}", mark(series, *x, *y));
    }
    svg.push_str("</g>\n");
}

/// The mark of a series: each has another shape.
fn mark(series: usize, x: f64, y: f64) -> String {
    let (left, top) = (px(x - MARK), px(y - MARK));
    let (x, y) = (px(x), px(y));
    match series {
        0 => {
            format!("<circle class=\"m\" cx=\"{x}\" cy=\"{y}\" r=\"{MARK}\"/>")
        }
        1 => format!("<path class=\"m\" d=\"M{left} {top}h9v9h-9z\"/>"),
        2 => format!("<path class=\"m\" d=\"M{x} {top}l5 9h-10z\"/>"),
        _ => format!("<path class=\"m\" d=\"M{x} {top}l5 5l-5 5l-5 -5z\"/>"),
    }
}

fn title(svg: &mut String, text: &str, log: bool, y: f64) {
    let note = if log { ", log scale" } else { "" };
    let _ = writeln!(
        svg,
        "<text class=\"title\" x=\"0\" y=\"{}\">{}{note}</text>",
        px(y + 14.0),
        escape(text)
    );
}

fn cells(table: &Table, column: usize) -> Vec<(&Row, &Cell)> {
    let rows = table.rows.iter();
    rows.filter_map(|row| Some((row, row.cells.get(column - 1)?)))
        .collect()
}

fn widest<'a>(texts: impl Iterator<Item = &'a str>) -> f64 {
    let longest = texts.map(|text| text.chars().count()).max().unwrap_or(0);
    longest as f64 * GLYPH
}

/// A place, to a tenth of a pixel.
fn px(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A round number, with commas between the thousands.
fn number(value: f64) -> String {
    // Multiples of a step are not exact; nine places hide that.
    let text = ((value * 1e9).round() / 1e9).to_string();
    let (whole, rest) = match text.split_once('.') {
        Some((whole, part)) => (whole, format!(".{part}")),
        None => (text.as_str(), String::new()),
    };
    let (sign, digits) = match whole.strip_prefix('-') {
        Some(digits) => ("\u{2212}", digits),
        None => ("", whole),
    };
    let mut grouped = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    format!("{sign}{grouped}{rest}")
}

/// When, where and how it was measured.
fn circumstances(html: &mut String, plot: &Plot, of: &Measurement) {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let date = of.date.date.map_or_else(String::new, |date| {
        let month = MONTHS[usize::from(date.month - 1) % MONTHS.len()];
        format!("{} {month} {}", date.day, date.year)
    });
    let again = if plot.exact {
        " The numbers are exact: <code>cargo test</code> compares them."
    } else {
        ""
    };
    let _ = writeln!(
        html,
        "<p>Measured on {date} with <code>{}</code>: {}, {} cores, {}, {}, \
         rustc {}.{again}</p>",
        escape(&of.command),
        escape(&of.processor),
        of.cores,
        escape(&of.memory),
        escape(&of.system),
        escape(&of.rustc),
    );
}

fn numbers(html: &mut String, table: &Table) {
    html.push_str(
        "<details><summary>The numbers</summary>\n<table><thead><tr>",
    );
    for column in &table.columns {
        let _ = write!(html, "<th scope=\"col\">{}</th>", escape(column));
    }
    html.push_str("</tr></thead><tbody>\n");
    for row in &table.rows {
        let label = escape(&row.label);
        let _ = write!(html, "<tr><th scope=\"row\">{label}</th>");
        for cell in &row.cells {
            let _ = write!(html, "<td>{}</td>", escape(&cell.text));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody></table></details>\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(table: &str) -> Measurement {
        let text = format!(
            "date = 2026-11-21\ncommand = \"toast\"\n\
             processor = \"A & B\"\ncores = 2\nmemory = \"24 GiB\"\n\
             system = \"Linux\"\nrustc = \"1.95.0\"\n\
             printed = \"\"\"\n{table}\"\"\"\n"
        );
        Measurement::parse(&text).expect("no fault")
    }

    fn plot(declared: &str) -> Plot {
        toml::from_str(declared).expect("a plot")
    }

    fn drawn(declared: &str, table: &str) -> String {
        draw("toast", &plot(declared), &measured(table)).expect("drawn")
    }

    fn refuses(declared: &str, table: &str, line: usize, words: &str) {
        let fault = draw("toast", &plot(declared), &measured(table))
            .expect_err("the fault is found");
        assert!(fault.what.contains(words), "no `{words}` in: {fault}");
        assert_eq!(fault.line, line, "{fault}");
    }

    const BOTH: &str = "of  memory (B)  time (µs)\ntask  454  0.4\n\
                        thread  9445  39\n";
    const GROWTH: &str = "levels  plain (B)  boxed (B)\n0  1025  1025\n\
                          1  2051  1065\n2  4103  1105\n";

    #[test]
    fn bars_on_a_log_axis_grow_by_the_same_length_for_the_same_factor() {
        let table = "of  n\na  10\nb  100\nc  1000\n";
        let svg = drawn("kind = \"bars\"\nlog = true", table);
        let width = |part: &str| -> f64 {
            let text = part.split('"').next().unwrap_or_default();
            text.parse().expect("a number")
        };
        let widths: Vec<f64> =
            svg.split(" width=\"").skip(1).map(width).collect();
        let [a, b, c] = widths[..] else {
            panic!("three bars, not {widths:?}")
        };
        assert!(a > 0.0 && ((b - a) - (c - b)).abs() < 0.2, "{widths:?}");
    }

    #[test]
    fn curves_over_log_places_go_as_far_for_the_same_factor() {
        let table = "of  n\n10  3\n100  2\n1000  1\n";
        let svg = drawn("kind = \"curves\"\nlog_places = true", table);
        let place = |part: &str| -> f64 {
            let text = part.split('"').next().unwrap_or_default();
            text.parse().expect("a number")
        };
        let places: Vec<f64> = svg.split(" cx=\"").skip(1).map(place).collect();
        let [a, b, c] = places[..] else {
            panic!("three marks, not {places:?}")
        };
        assert!(a < b && ((b - a) - (c - b)).abs() < 0.2, "{places:?}");
    }

    #[test]
    fn bars_on_a_linear_axis_are_as_long_as_their_numbers() {
        let svg = drawn("kind = \"bars\"", "of  n\na  10\nb  30\n");
        let width = |y: usize| -> f64 {
            let part = svg.split(" width=\"").nth(y).unwrap_or_default();
            let text = part.split('"').next().unwrap_or_default();
            text.parse().expect("a number")
        };
        assert!((width(2) - 3.0 * width(1)).abs() < 0.3, "{svg}");
    }

    #[test]
    fn a_fragment_has_no_blank_line_and_one_svg() {
        let bars = drawn("kind = \"bars\"\nlog = true", BOTH);
        let curves = drawn("kind = \"curves\"\nlog = true", GROWTH);
        for html in [bars, curves] {
            assert!(!html.contains("\n\n"), "{html}");
            assert_eq!(html.matches("<svg").count(), 1, "{html}");
            assert!(html.contains("A &amp; B"), "{html}");
            assert!(html.contains("21 November 2026"), "{html}");
            assert!(!html.contains("NaN") && !html.contains("inf"), "{html}");
        }
    }

    #[test]
    fn a_value_without_a_place_is_refused() {
        let log = "kind = \"bars\"\nlog = true";
        refuses(log, "of  n\na  1\nb  0\n", 11, "0 has no place on a log");
        let bars = "kind = \"bars\"";
        refuses(bars, "of  n\na  -1\n", 10, "-1 is no length");
        let log = "kind = \"curves\"\nlog = true";
        refuses(log, "of  n\n1  0\n", 10, "0 has no place on a log");
        let curves = "kind = \"curves\"";
        refuses(curves, "of  n\na  1\n", 10, "`a` is no place");
        let places = "kind = \"curves\"\nlog_places = true";
        refuses(places, "of  n\n0  1\n", 9, "0 has no place on a log");
    }

    #[test]
    fn columns_that_cannot_be_drawn_are_refused() {
        let several = "kind = \"curves\"";
        let table = "n  memory (B)  time (s)\n1  2  3\n";
        refuses(several, table, 9, "several units");
        let five = "n  a  b  c  d  e\n1  1  2  3  4  5\n";
        refuses(several, five, 9, "five curves");
    }

    #[test]
    fn a_single_value_and_equal_values_have_a_place() {
        for kind in ["bars", "curves"] {
            for log in ["", "log = true", "log = true\nlog_places = true"] {
                for table in ["n  m\n1  7\n", "n  m\n1  7\n2  7\n"] {
                    let html =
                        drawn(&format!("kind = \"{kind}\"\n{log}"), table);
                    let faulty = ["NaN", "inf", "=\"-"];
                    let none = faulty.iter().all(|f| !html.contains(f));
                    assert!(none, "{html}");
                }
            }
        }
    }

    #[test]
    fn numbers_are_written_as_in_the_pages() {
        assert_eq!(number(20_000.0), "20,000");
        assert_eq!(number(1_000_000.0), "1,000,000");
        assert_eq!(number(0.1 + 0.2), "0.3");
        assert_eq!(number(-1500.0), "\u{2212}1,500");
        assert_eq!(number(100.0), "100");
    }

    #[test]
    fn the_names_of_ticks_stand_apart() {
        let ticks = |step: f64| -> Vec<(f64, String)> {
            let tick = |n: u32| (step * f64::from(n), "1,000".to_owned());
            (0..7).map(tick).collect()
        };
        assert_eq!(apart(&ticks(6.0 * GLYPH)), 1);
        assert_eq!(apart(&ticks(6.0 * GLYPH - 0.1)), 2);
        assert_eq!(apart(&ticks(2.0 * GLYPH)), 3);
        assert_eq!(apart(&ticks(0.0)), 7);
        assert_eq!(apart(&[]), 1);
    }

    #[test]
    fn linear_ticks_are_round() {
        let scale = |low, high| Scale {
            log: false,
            low,
            high,
            from: 0.0,
            to: 1.0,
        };
        assert_eq!(scale(0.0, 8.0).ticks(), [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(scale(0.0, 50.0).ticks().len(), 6);
    }
}
