use super::bars::apart;
use super::scale::{Scale, number};
use super::text::GLYPH;
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

/// The numbers behind each `name="` of a drawing.
fn values(svg: &str, name: &str) -> Vec<f64> {
    let mark = format!(" {name}=\"");
    let parts = svg.split(&mark).skip(1);
    let texts = parts.map(|part| part.split('"').next().unwrap_or_default());
    texts.map(|text| text.parse().expect("a number")).collect()
}

#[test]
fn bars_on_a_log_axis_grow_by_the_same_length_for_the_same_factor() {
    let table = "of  n\na  10\nb  100\nc  1000\n";
    let svg = drawn("kind = \"bars\"\nlog = true", table);
    let widths = values(&svg, "width");
    let [a, b, c] = widths[..] else {
        panic!("three bars, not {widths:?}")
    };
    assert!(a > 0.0 && ((b - a) - (c - b)).abs() < 0.2, "{widths:?}");
}

#[test]
fn curves_over_log_places_go_as_far_for_the_same_factor() {
    let table = "of  n\n10  3\n100  2\n1000  1\n";
    let svg = drawn("kind = \"curves\"\nlog_places = true", table);
    let places = values(&svg, "cx");
    let [a, b, c] = places[..] else {
        panic!("three marks, not {places:?}")
    };
    assert!(a < b && ((b - a) - (c - b)).abs() < 0.2, "{places:?}");
}

#[test]
fn bars_on_a_linear_axis_are_as_long_as_their_numbers() {
    let svg = drawn("kind = \"bars\"", "of  n\na  10\nb  30\n");
    let widths = values(&svg, "width");
    let [a, b] = widths[..] else {
        panic!("two bars, not {widths:?}")
    };
    assert!((b - 3.0 * a).abs() < 0.3, "{svg}");
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
                let html = drawn(&format!("kind = \"{kind}\"\n{log}"), table);
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
