//! A bar for each row.

use super::scale::{Scale, ends};
use super::text::{GLYPH, LINE, WIDTH, px, text, title, widest};
use crate::draw::path;
use crate::measurement::{Fault, Number, Table};

/// From one bar to the next.
const STEP: f64 = 26.0;
/// The height of a bar.
const BAR: f64 = 16.0;

/// One panel for each column, and their height.
pub(super) fn draw(log: bool, table: &Table) -> Result<(String, f64), Fault> {
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
pub(super) fn apart(ticks: &[(f64, String)]) -> usize {
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
