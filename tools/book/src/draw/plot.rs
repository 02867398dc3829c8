//! A measurement as bars or as curves, and as a table.

use serde::Deserialize;

use super::{escape, path};
use crate::measurement::{Fault, Measurement, Number, Row, Table, unit};

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
    let (svg, height) = match plot.kind {
        Kind::Bars => bars(plot.log, &table)?,
        Kind::Curves => curves(plot, &table)?,
    };
    let (by, what) = (&table.columns[0], table.columns[1..].join(", "));
    let label = escape(&format!("{name}: {what} by {by}"));
    Ok(format!(
        "<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" \
         aria-label=\"{label}; the numbers follow in a table\">\n\
         {svg}</svg>\n{}{}",
        circumstances(plot, measurement),
        numbers(&table)
    ))
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

    /// The values that have a line, powers of ten or few round ones, and the
    /// names of these lines.
    fn ticks(&self) -> Vec<(f64, String)> {
        let (low, high) = (self.low, self.high);
        let values: Vec<f64> = if self.log {
            let parts: &[f64] = match (high / low).log10() > 2.0 {
                true => &[1.0],
                false => &[1.0, 2.0, 5.0],
            };
            (low.log10().floor() as i32..=high.log10().ceil() as i32)
                .flat_map(|power| parts.iter().map(move |p| p * ten(power)))
                .filter(|v| *v >= low * 0.999 && *v <= high * 1.001)
                .collect()
        } else {
            let step = round_step(high - low);
            let count = ((high - low) / step).round() as usize;
            (0..=count).map(|n| low + n as f64 * step).collect()
        };
        values.into_iter().map(|v| (v, number(v))).collect()
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

/// The least and the greatest of some values.
fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

/// The ends of an axis that shows all `cells`. A bar needs a length, so that
/// its axis begins below them, or at 0.
fn ends(
    cells: &[Number<'_>],
    log: bool,
    bars: bool,
) -> Result<(f64, f64), Fault> {
    for Number { row, text, value } in cells {
        if log && *value <= 0.0 {
            let what = format!("{text} has no place on a log axis");
            return Err(Fault::at(row.line, what));
        }
        if bars && *value < 0.0 {
            let what = format!("{text} is no length of a bar");
            return Err(Fault::at(row.line, what));
        }
    }
    let (least, most) = range(cells.iter().map(|cell| cell.value));
    if log && bars {
        let low = ten(least.log10().ceil() as i32 - 1);
        return Ok((low, ten(most.log10().ceil() as i32).max(10.0 * low)));
    }
    if log {
        let round = |value: f64| {
            let decade = ten(value.log10().floor() as i32);
            [1.0, 2.0, 5.0, 10.0].map(|part| part * decade).into_iter()
        };
        let low = round(least).rfind(|p| *p <= least * 1.001);
        let high = round(most).find(|p| *p >= most * 0.999);
        let low = low.unwrap_or(least);
        return Ok((low, high.unwrap_or(most).max(2.0 * low)));
    }
    let low = if bars { 0.0 } else { least.min(0.0) };
    let span = if most > low { most - low } else { 1.0 };
    let step = round_step(span);
    let low = (low / step).floor() * step;
    Ok((low, ((low + span) / step).ceil() * step))
}

/// One panel for each column, and their height.
fn bars(log: bool, table: &Table) -> Result<(String, f64), Fault> {
    let labels = table.rows.iter().map(|row| row.label.as_str());
    let left = widest(labels) + 1.5 * GLYPH;
    let mut svg = String::new();
    let mut y = 0.0;
    for column in 1..table.columns.len() {
        let cells = table.numbers(column)?;
        let (low, high) = ends(&cells, log, true)?;
        let scale = Scale {
            log,
            low,
            high,
            from: left,
            to: WIDTH - widest(cells.iter().map(|cell| cell.text)) - GLYPH,
        };
        svg += &title(&table.columns[column], log, y);
        y += LINE + 6.0;
        let bottom = y + STEP * cells.len() as f64 - (STEP - BAR) + 4.0;
        let ticks = scale.ticks().into_iter();
        let ticks: Vec<_> =
            ticks.map(|(value, name)| (scale.at(value), name)).collect();
        let every = apart(&ticks);
        for (index, (x, name)) in ticks.iter().enumerate() {
            let (at, top) = (px(*x), px(y - 4.0));
            svg += &path("grid", &format!("M{at} {top}V{}", px(bottom)));
            // From the last, which says how far the axis goes.
            if (ticks.len() - 1 - index).is_multiple_of(every) {
                svg += &text("tick middle", *x, bottom + 14.0, name);
            }
            svg.push('\n');
        }
        for Number {
            row,
            text: printed,
            value,
        } in cells
        {
            let end = scale.at(value);
            let (x, top, width) = (px(left), px(y), px(end - left));
            svg += &text("", 0.0, y + BAR - 3.0, &row.label);
            svg += &format!(
                r#"<rect x="{x}" y="{top}" width="{width}" height="{BAR}"/>"#
            );
            svg += &text("", end + 6.0, y + BAR - 3.0, printed);
            svg.push('\n');
            y += STEP;
        }
        y = bottom + 14.0 + LINE;
    }
    Ok((svg, (y - LINE + 6.0).ceil()))
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

/// All columns over one axis, and the height.
fn curves(plot: &Plot, table: &Table) -> Result<(String, f64), Fault> {
    let line = table.rows[0].line - 1;
    let columns = &table.columns[1..];
    if columns.iter().any(|name| unit(name) != unit(&columns[0])) {
        let what = "columns of several units cannot share one axis; draw bars";
        return Err(Fault::at(line, what));
    }
    if columns.len() > 4 {
        return Err(Fault::at(line, "five curves cannot be told apart"));
    }
    let series = (1..=columns.len()).map(|column| table.numbers(column));
    let series = series.collect::<Result<Vec<_>, _>>()?;
    let (low, high) = ends(&series.concat(), plot.log, false)?;
    let places = table
        .rows
        .iter()
        .map(place)
        .collect::<Result<Vec<_>, _>>()?;
    let (mut svg, below) = legend(plot.log, columns);
    let (top, bottom) = (below + 8.0, below + 8.0 + AREA);
    let vertical = Scale {
        log: plot.log,
        low,
        high,
        from: bottom,
        to: top,
    };
    let lines = vertical.ticks();
    let left = widest(lines.iter().map(|(_, name)| name.as_str()));
    // More lines than eight hide the curves.
    for (value, name) in lines.iter().step_by(lines.len().div_ceil(8)) {
        let y = vertical.at(*value);
        svg += &text("tick end", left, y + 4.0, name);
        let d = format!("M{} {}H{WIDTH}", px(left + 6.0), px(y));
        svg += &path("grid", &d);
        svg.push('\n');
    }
    let (least, most) = range(places.iter().copied());
    if plot.log_places && least <= 0.0 {
        let what = format!("{} has no place on a log axis", number(least));
        return Err(Fault::at(line, what));
    }
    // The name of the last place is as wide to its right as to its left.
    let last = table.rows.last().map(|row| row.label.as_str());
    let last = widest(last.into_iter());
    let horizontal = Scale {
        log: plot.log_places,
        low: least,
        high: if most > least { most } else { least + 1.0 },
        from: left + 6.0 + 2.0 * MARK,
        to: WIDTH - (last / 2.0).max(2.0 * GLYPH),
    };
    // Few places are named one by one.
    let labels = table.rows.iter().map(|row| row.label.clone());
    let named = match places.len() <= 8 {
        true => places.iter().copied().zip(labels).collect(),
        false => horizontal.ticks(),
    };
    for (place, label) in named {
        let x = horizontal.at(place);
        svg += &path("grid", &format!("M{} {}v5", px(x), px(bottom)));
        svg += &text("tick middle", x, bottom + 19.0, &label);
        svg.push('\n');
    }
    let middle = (horizontal.from + horizontal.to) / 2.0;
    svg += &text("middle", middle, bottom + 40.0, &table.columns[0]);
    svg.push('\n');
    for (index, numbers) in series.iter().enumerate() {
        let points = places.iter().zip(numbers);
        let points: Vec<(f64, f64)> = points
            .map(|(x, y)| (horizontal.at(*x), vertical.at(y.value)))
            .collect();
        svg += &curve(index, &points);
    }
    Ok((svg, (bottom + 46.0).ceil()))
}

/// Where the points of a row stand: what its first column says.
fn place(row: &Row) -> Result<f64, Fault> {
    match row.label.parse() {
        Ok(value) if f64::is_finite(value) => Ok(value),
        _ => {
            let what = format!("`{}` is no place on an axis", row.label);
            Err(Fault::at(row.line, what))
        }
    }
}

/// What the curves are, and in which unit; and where the area may begin.
fn legend(log: bool, columns: &[String]) -> (String, f64) {
    if let [column] = columns {
        return (title(column, log, 0.0), LINE);
    }
    let unit = unit(&columns[0]).map(|unit| format!("in {unit}"));
    let mut svg = title(unit.as_deref().unwrap_or("count"), log, 0.0);
    let mut top = LINE;
    for (series, name) in columns.iter().enumerate() {
        // The unit stands in the title.
        let name = name.rsplit_once(" (").map_or(name.as_str(), |n| n.0);
        let middle = top + LINE / 2.0;
        let line = path("", &format!("M0 {}H28", px(middle)));
        let mark = mark(series, 14.0, middle);
        svg += &format!("<g class=\"s{series}\">{line}{mark}</g>");
        svg += &text("", 36.0, middle + 5.0, name);
        svg.push('\n');
        top += LINE;
    }
    (svg, top)
}

fn curve(series: usize, points: &[(f64, f64)]) -> String {
    let place = |(x, y): &(f64, f64)| format!("{} {}", px(*x), px(*y));
    let places: Vec<String> = points.iter().map(place).collect();
    let mut svg = format!("<g class=\"s{series}\">\n");
    svg += &path("", &format!("M{}", places.join("L")));
    for (x, y) in points {
        svg.push('\n');
        svg += &mark(series, *x, *y);
    }
    svg + "\n</g>\n"
}

/// The mark of a series: each has another shape.
fn mark(series: usize, x: f64, y: f64) -> String {
    let (left, top) = (px(x - MARK), px(y - MARK));
    let (x, y) = (px(x), px(y));
    match series {
        0 => format!(r#"<circle class="m" cx="{x}" cy="{y}" r="{MARK}"/>"#),
        1 => path("m", &format!("M{left} {top}h9v9h-9z")),
        2 => path("m", &format!("M{x} {top}l5 9h-10z")),
        _ => path("m", &format!("M{x} {top}l5 5l-5 5l-5 -5z")),
    }
}

fn title(name: &str, log: bool, y: f64) -> String {
    let note = if log { ", log scale" } else { "" };
    text("title", 0.0, y + 14.0, &format!("{name}{note}")) + "\n"
}

fn text(class: &str, x: f64, y: f64, words: &str) -> String {
    let (x, y, words) = (px(x), px(y), escape(words));
    let class = match class {
        "" => String::new(),
        class => format!(" class=\"{class}\""),
    };
    format!("<text{class} x=\"{x}\" y=\"{y}\">{words}</text>")
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
fn circumstances(plot: &Plot, of: &Measurement) -> String {
    const MONTHS: &str = "January February March April May June July August \
                          September October November December";
    let date = of.date.date.map_or_else(String::new, |date| {
        let month = MONTHS.split(' ').nth(usize::from(date.month) - 1);
        format!("{} {} {}", date.day, month.unwrap_or_default(), date.year)
    });
    let again = match plot.exact {
        true => {
            " The numbers are exact: <code>cargo test</code> compares them."
        }
        false => "",
    };
    format!(
        "<p>Measured on {date} with <code>{}</code>: {}, {} cores, {}, {}, \
         rustc {}.{again}</p>\n",
        escape(&of.command),
        escape(&of.processor),
        of.cores,
        escape(&of.memory),
        escape(&of.system),
        escape(&of.rustc),
    )
}

fn numbers(table: &Table) -> String {
    let names = table
        .columns
        .iter()
        .map(|name| format!("<th scope=\"col\">{}</th>", escape(name)));
    let rows = table.rows.iter().map(|row| {
        let cells = row.cells.iter();
        let cells = cells.map(|cell| format!("<td>{}</td>", escape(cell)));
        format!(
            "<tr><th scope=\"row\">{}</th>{}</tr>\n",
            escape(&row.label),
            cells.collect::<String>()
        )
    });
    format!(
        "<details><summary>The numbers</summary>\n<table><thead><tr>{}</tr>\
         </thead><tbody>\n{}</tbody></table></details>\n",
        names.collect::<String>(),
        rows.collect::<String>()
    )
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
        let ticks = scale(0.0, 8.0).ticks();
        let values: Vec<f64> = ticks.iter().map(|(value, _)| *value).collect();
        assert_eq!(values, [0.0, 2.0, 4.0, 6.0, 8.0]);
        assert_eq!(scale(0.0, 50.0).ticks().len(), 6);
    }
}
