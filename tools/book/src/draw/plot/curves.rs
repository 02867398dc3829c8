//! A line with marks for each column.

use super::Plot;
use super::scale::{Scale, ends, number, range};
use super::text::{GLYPH, LINE, WIDTH, px, text, title, widest};
use crate::draw::path;
use crate::measurement::{Fault, Row, Table, unit};

/// The height of the area of curves.
const AREA: f64 = 180.0;
/// Half the size of a mark.
const MARK: f64 = 4.5;

/// All columns over one axis, and the height.
pub(super) fn draw(plot: &Plot, table: &Table) -> Result<(String, f64), Fault> {
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
