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

/// A table, as a program prints it.
///
/// Cells are separated by two spaces or more. The first line names the columns;
/// a name ends with its unit in parentheses, or counts something. The first
/// cell of each further line says what was measured. The others are numbers;
/// where they differ from run to run, `[..]` stands in what is kept of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Table {
    /// The names of the columns, with their units.
    pub columns: Vec<String>,
    /// The lines below the first.
    pub rows: Vec<Row>,
}

/// What was measured of one thing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// The first cell.
    pub label: String,
    /// The others, as they were printed.
    pub cells: Vec<String>,
    /// The line, from 1.
    pub line: usize,
}

/// A cell that is a number.
#[derive(Clone, Copy, Debug)]
pub struct Number<'a> {
    /// Where it stands.
    pub row: &'a Row,
    /// What was printed.
    pub text: &'a str,
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
        Table::parse(&printed)?.check_numbers()?;
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

    /// The table of numbers that the program printed, with the lines of the file.
    ///
    /// # Errors
    ///
    /// As [`Table::parse`], and when a cell is no number.
    pub fn table(&self) -> Result<Table, Fault> {
        let in_file = |line: usize| line + self.before;
        let mut table = Table::parse(&self.printed)
            .map_err(|fault| Fault::at(in_file(fault.line), fault.what))?;
        for row in &mut table.rows {
            row.line = in_file(row.line);
        }
        table.check_numbers()?;
        Ok(table)
    }
}

impl Table {
    /// Reads what a program printed, but not whether its numbers are some.
    ///
    /// # Errors
    ///
    /// When a line has more or fewer cells than the first, a unit is unknown, a
    /// label stands there twice, or nothing was measured.
    pub fn parse(printed: &str) -> Result<Table, Fault> {
        let mut lines = (1..).zip(printed.lines().map(cells));
        let Some((first, columns)) = lines.next() else {
            return Err(Fault::at(1, "nothing was printed"));
        };
        if columns.len() < 2 {
            let what = "this line names no columns: cells are separated by two \
                        spaces or more";
            return Err(Fault::at(first, what));
        }
        for column in &columns {
            if let Some(unit) = unit(column).filter(|u| !UNITS.contains(u)) {
                let known = UNITS.join(", ");
                let what = format!("`{unit}` in `{column}` is no unit");
                return Err(Fault::at(
                    first,
                    format!("{what}; known are {known}"),
                ));
            }
        }
        let mut rows: Vec<Row> = Vec::new();
        for (line, mut cells) in lines {
            let (many, wanted) = (cells.len(), columns.len());
            if many != wanted {
                let what = format!("{many} cells below {wanted} columns");
                return Err(Fault::at(line, what));
            }
            let label = cells.remove(0);
            if rows.iter().any(|row| row.label == label) {
                let what = format!("`{label}` stands there twice");
                return Err(Fault::at(line, what));
            }
            rows.push(Row { label, cells, line });
        }
        if rows.is_empty() {
            return Err(Fault::at(first, "no line follows the names"));
        }
        Ok(Table { columns, rows })
    }

    /// The numbers of a column.
    ///
    /// # Errors
    ///
    /// When a cell is none.
    pub fn numbers(&self, column: usize) -> Result<Vec<Number<'_>>, Fault> {
        let numbers = self.rows.iter().map(|row| {
            let text = &row.cells[column - 1];
            match text.parse() {
                Ok(value) if f64::is_finite(value) => {
                    Ok(Number { row, text, value })
                }
                _ => {
                    let name = &self.columns[column];
                    let what = format!("`{text}` below `{name}` is no number");
                    Err(Fault::at(row.line, what))
                }
            }
        });
        numbers.collect()
    }

    fn check_numbers(&self) -> Result<(), Fault> {
        (1..self.columns.len()).try_for_each(|c| self.numbers(c).map(drop))
    }

    /// What was measured before, and is not measured now, or the other way round.
    pub fn difference(&self, now: &Table) -> Option<String> {
        let labels = |table: &Table| -> Vec<String> {
            table.rows.iter().map(|row| row.label.clone()).collect()
        };
        let changed = |what: &str, old: &[String], new: &[String]| {
            (old != new).then(|| format!("the {what} {old:?} became {new:?}"))
        };
        changed("columns", &self.columns, &now.columns)
            .or_else(|| changed("rows", &labels(self), &labels(now)))
    }
}

/// The unit at the end of the name of a column.
pub(crate) fn unit(column: &str) -> Option<&str> {
    let (_, unit) = column.strip_suffix(')')?.rsplit_once('(')?;
    Some(unit)
}

fn cells(line: &str) -> Vec<String> {
    let cells = line.split("  ").map(str::trim);
    let cells = cells.filter(|cell| !cell.is_empty());
    cells.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests;
