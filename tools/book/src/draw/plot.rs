//! A measurement as bars or as curves, and as a table.

use serde::Deserialize;

use super::escape;
use crate::measurement::{Fault, Measurement, Table};

mod bars;
mod curves;
mod scale;
mod text;

use text::WIDTH;

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
        Kind::Bars => bars::draw(plot.log, &table)?,
        Kind::Curves => curves::draw(plot, &table)?,
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
mod tests;
