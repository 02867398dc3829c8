//! A measurement: what a listing printed, when, and on which machine.
//!
//! The file is TOML, as the manifests are, so that a faulty one is reported
//! with its line. Its last value is what the program printed, letter by letter:
//! the numbers of a plot are those that the reader of the listing sees.

use std::fmt;

use serde::{Deserialize, Serialize};
use toml::value::Datetime;

/// The units that a column can have.
pub const UNITS: [&str; 10] =
    ["B", "KiB", "MiB", "ns", "µs", "ms", "s", "1/s", "1/ms", "%"];

/// What a listing printed, when, and on which machine: the file.
#[derive(Clone, Debug, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Measurement {
    /// The day.
    pub date: Datetime,
    /// The command that was run, as a reader can repeat it.
    pub command: String,
    /// The model of the processor.
    pub processor: String,
    /// How many threads it runs at once.
    pub cores: usize,
    /// How much memory it has.
    pub memory: String,
    /// The operating system.
    pub system: String,
    /// The version of the compiler.
    pub rustc: String,
    /// Standard output.
    pub printed: String,
    /// The line of the file before the first line of `printed`.
    #[serde(skip)]
    pub(crate) before: usize,
}

/// A table of numbers, as a program prints it.
///
/// Cells are separated by two spaces or more. The first line names the columns;
/// a name ends with its unit in parentheses, or counts something. The first
/// cell of each further line says what was measured, the others are numbers.
#[derive(Clone, Debug, PartialEq)]
pub struct Table {
    /// The names of the columns, with their units.
    pub columns: Vec<String>,
    /// The lines below the first.
    pub rows: Vec<Row>,
}

/// A table without its numbers: what was measured, and of what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shape {
    /// The names of the columns, with their units.
    pub columns: Vec<String>,
    /// The first cells of the rows.
    pub labels: Vec<String>,
}

/// What was measured of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The first cell.
    pub label: String,
    /// The others.
    pub cells: Vec<Cell>,
    /// The line, from 1.
    pub line: usize,
}

/// A number as the program wrote it.
#[derive(Clone, Debug, PartialEq)]
pub struct Cell {
    /// What was written.
    pub text: String,
    /// What it means.
    pub value: f64,
}

/// What is wrong, and in which line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// The line, from 1.
    pub line: usize,
    /// What is wrong there.
    pub what: String,
}

impl Fault {
    pub(crate) fn at(line: usize, what: impl Into<String>) -> Fault {
        let what = what.into();
        Fault { line, what }
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.what)
    }
}

impl std::error::Error for Fault {}

impl Measurement {
    /// What a program has just `printed` on this `machine`.
    ///
    /// # Errors
    ///
    /// When it printed no table.
    pub fn new(machine: Measurement, printed: String) -> Result<Self, Fault> {
        Table::parse(&printed)?;
        let measurement = Measurement { printed, ..machine };
        // What is written can be read again.
        Measurement::parse(&measurement.to_text()?)
    }

    /// Reads a file.
    ///
    /// # Errors
    ///
    /// When it is not TOML, or lacks something.
    pub fn parse(text: &str) -> Result<Self, Fault> {
        let line_of = |at: usize| {
            let before = text.get(..at).unwrap_or(text);
            before.matches('\n').count() + 1
        };
        let line_with =
            |key: &str| line_of(text.find(&format!("{key} = ")).unwrap_or(0));
        let mut file: Measurement = toml::from_str(text).map_err(|error| {
            let at = error.span().map_or(0, |span| span.start);
            Fault::at(line_of(at), error.message())
        })?;
        if file.date.date.is_none() {
            let what = "a time of day is no date";
            return Err(Fault::at(line_with("date"), what));
        }
        // A string of several lines begins below its quotes.
        let below = ["\"\"\"\n", "'''\n"]
            .iter()
            .any(|quotes| text.contains(&format!("printed = {quotes}")));
        file.before = line_with("printed") - usize::from(!below);
        Ok(file)
    }

    /// The file.
    ///
    /// # Errors
    ///
    /// When a value cannot be written as TOML.
    pub fn to_text(&self) -> Result<String, Fault> {
        toml::to_string_pretty(self)
            .map_err(|error| Fault::at(1, error.to_string()))
    }

    /// The table that the program printed, with the lines of the file.
    ///
    /// # Errors
    ///
    /// When it is none, as [`Table::parse`].
    pub fn table(&self) -> Result<Table, Fault> {
        let in_file = |line: usize| line + self.before;
        let mut table = Table::parse(&self.printed)
            .map_err(|fault| Fault::at(in_file(fault.line), fault.what))?;
        for row in &mut table.rows {
            row.line = in_file(row.line);
        }
        Ok(table)
    }
}

impl Shape {
    /// Reads what a program printed, but not whether its numbers are some.
    ///
    /// # Errors
    ///
    /// When a line has more or fewer cells than the first, a unit is unknown, a
    /// label stands there twice, or nothing was measured.
    pub fn parse(printed: &str) -> Result<Shape, Fault> {
        Ok(shape_and_cells(printed)?.0)
    }

    /// What changed between the two, if anything did.
    pub fn difference(&self, new: &Shape) -> Option<String> {
        let changed = |what: &str, old: &[String], new: &[String]| {
            (old != new).then(|| format!("the {what} {old:?} became {new:?}"))
        };
        changed("columns", &self.columns, &new.columns)
            .or_else(|| changed("rows", &self.labels, &new.labels))
    }
}

impl Table {
    /// Reads what a program printed.
    ///
    /// # Errors
    ///
    /// As [`Shape::parse`], and when a cell is no number.
    pub fn parse(printed: &str) -> Result<Table, Fault> {
        let (shape, lines) = shape_and_cells(printed)?;
        let number = |line, text: &&str, column: &String| {
            let value = text.parse::<f64>().ok().filter(|v| v.is_finite());
            let text = (*text).to_owned();
            match value {
                Some(value) => Ok(Cell { text, value }),
                None => Err(Fault::at(
                    line,
                    format!("`{text}` below `{column}` is no number"),
                )),
            }
        };
        let mut rows = Vec::new();
        for (label, (line, cells)) in shape.labels.into_iter().zip(lines) {
            let cells = cells
                .iter()
                .zip(&shape.columns)
                .skip(1)
                .map(|(text, column)| number(line, text, column))
                .collect::<Result<_, _>>()?;
            rows.push(Row { label, cells, line });
        }
        Ok(Table {
            columns: shape.columns,
            rows,
        })
    }

    /// The table without its numbers.
    pub fn shape(&self) -> Shape {
        Shape {
            columns: self.columns.clone(),
            labels: self.rows.iter().map(|row| row.label.clone()).collect(),
        }
    }
}

/// The cells of a line, with its number.
type Line<'a> = (usize, Vec<&'a str>);

fn shape_and_cells(printed: &str) -> Result<(Shape, Vec<Line<'_>>), Fault> {
    let mut lines = printed
        .lines()
        .enumerate()
        .map(|(index, line)| (index + 1, cells(line)));
    let (first, columns) = lines
        .next()
        .ok_or_else(|| Fault::at(1, "nothing was printed"))?;
    if columns.len() < 2 {
        let what = "this line names no columns: cells are separated by two \
                    spaces or more";
        return Err(Fault::at(first, what));
    }
    for column in &columns {
        if let Some(unit) = unit(column)
            && !UNITS.contains(&unit)
        {
            let known = UNITS.join(", ");
            return Err(Fault::at(
                first,
                format!("`{unit}` in `{column}` is no unit; known are {known}"),
            ));
        }
    }
    let lines: Vec<Line> = lines.collect();
    let mut labels: Vec<String> = Vec::new();
    for (line, cells) in &lines {
        if cells.len() != columns.len() {
            let (many, wanted) = (cells.len(), columns.len());
            let what = format!("{many} cells below {wanted} columns");
            return Err(Fault::at(*line, what));
        }
        let label = cells[0].to_owned();
        if labels.contains(&label) {
            let what = format!("`{label}` stands there twice");
            return Err(Fault::at(*line, what));
        }
        labels.push(label);
    }
    if labels.is_empty() {
        return Err(Fault::at(first, "no line follows the names"));
    }
    let columns = columns.into_iter().map(str::to_owned).collect();
    Ok((Shape { columns, labels }, lines))
}

/// The unit at the end of the name of a column.
pub(crate) fn unit(column: &str) -> Option<&str> {
    let (_, unit) = column.strip_suffix(')')?.rsplit_once('(')?;
    Some(unit)
}

fn cells(line: &str) -> Vec<&str> {
    line.split("  ")
        .map(str::trim)
        .filter(|cell| !cell.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"date = 2026-11-21
command = "cargo run --release --example toast"
processor = "A Processor"
cores = 2
memory = "24 GiB"
system = "Linux 6.18"
rustc = "1.95.0"
printed = """
slices  butter (B)  time (µs)
one          1,0"""
"#;

    fn file(rows: &str) -> String {
        FILE.replace("one          1,0", rows)
    }

    fn fault(text: &str) -> (usize, String) {
        let table = Measurement::parse(text).and_then(|m| m.table());
        let fault = table.expect_err("the fault is found");
        (fault.line, fault.what)
    }

    /// The fault is in `line` and its message holds `words`.
    fn finds(text: &str, line: usize, words: &str) {
        let (found, what) = fault(text);
        assert!(what.contains(words), "no `{words}` in: {what}");
        assert_eq!(found, line, "{what}");
    }

    #[test]
    fn a_file_is_read_as_it_was_written() {
        let text = file("one piece  10  0.5\ntwo  20  1\n");
        let read = Measurement::parse(&text).expect("no fault");
        let again = Measurement::parse(&read.to_text().expect("TOML"));
        assert_eq!(again.expect("no fault").table(), read.table());
        let table = read.table().expect("a table");
        assert_eq!(table.columns, ["slices", "butter (B)", "time (µs)"]);
        assert_eq!(table.rows[0].label, "one piece");
        assert_eq!(table.rows[1].line, 11);
        assert_eq!(table.rows[1].cells[0].value, 20.0);
    }

    #[test]
    fn a_cell_that_is_no_number() {
        let words = "`1,0` below `butter (B)` is no number";
        finds(&file("one  1,0  2"), 10, words);
        finds(&file("one  1  2\ntwo  inf  2"), 11, "`inf` below");
        finds(&file("one  1  2\ntwo  [..]  2"), 11, "`[..]` below");
    }

    #[test]
    fn a_ragged_row() {
        finds(&file("one  1  2\ntwo  1"), 11, "2 cells below 3 columns");
        finds(&file("one  1  2  3"), 10, "4 cells below 3 columns");
        finds(&file("one  1  2\n\ntwo  1  2"), 11, "0 cells");
    }

    #[test]
    fn a_row_that_stands_there_twice() {
        finds(
            &file("one  1  2\none  1  3"),
            11,
            "`one` stands there twice",
        );
    }

    #[test]
    fn an_unknown_unit() {
        let text = file("one  1  2").replace("(µs)", "(min)");
        finds(&text, 9, "`min` in `time (min)` is no unit; known are B,");
    }

    #[test]
    fn a_table_that_is_none() {
        finds(&file(""), 9, "no line follows the names");
        let text =
            file("one  1  2").replace("slices  butter (B)  time (µs)", "");
        finds(&text, 9, "names no columns");
    }

    #[test]
    fn a_truncated_file_at_any_place() {
        let text = file("one  1  2\ntwo  3  4\n");
        // The last byte ends the last line, and nothing is lost without it.
        for end in 0..text.len() - 1 {
            if let Some(part) = text.get(..end) {
                let read = Measurement::parse(part).and_then(|m| m.table());
                assert!(read.is_err(), "nothing is missing in {part:?}");
            }
        }
        let (line, _) = fault(&text[..text.len() - 5]);
        assert!(line >= 8, "{line}");
    }

    #[test]
    fn a_word_that_is_missing_or_unknown() {
        let text = file("one  1  2").replace("cores = 2\n", "");
        assert!(fault(&text).1.contains("cores"));
        let text = file("one  1  2").replace("cores = 2", "cores = \"two\"");
        finds(&text, 4, "expected");
        let text = file("one  1  2").replace("cores", "kernels");
        finds(&text, 4, "kernels");
    }

    #[test]
    fn a_date_that_is_none() {
        let text = file("one  1  2").replace("2026-11-21", "2026-13-21");
        assert_eq!(fault(&text).0, 1);
        let text = file("one  1  2").replace("2026-11-21", "07:32:00");
        finds(&text, 1, "a time of day is no date");
    }

    #[test]
    fn shapes_are_told_apart_by_columns_and_labels() {
        let shape = |text: &str| Shape::parse(text).expect("a table");
        let old = shape("of  time (s)\none  1\ntwo  2");
        let same = shape("of  time (s)\none  3\ntwo  unknown");
        assert_eq!(old.difference(&same), None);
        let new = shape("of  time (ms)\none  1\ntwo  2");
        let said = old.difference(&new).expect("another unit");
        assert!(said.contains("time (ms)"), "{said}");
        let new = shape("of  time (s)\none  1\nsix  2");
        let said = old.difference(&new).expect("another row");
        assert!(said.contains("six"), "{said}");
    }
}
