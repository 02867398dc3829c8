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
    let numbers = table.numbers(1).expect("numbers");
    assert_eq!(numbers[1].value, 20.0);
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
    let text = file("one  1  2").replace("slices  butter (B)  time (µs)", "");
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
    let shape = |text: &str| Table::parse(text).expect("a table");
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
