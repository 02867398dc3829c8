//! How a number is written, and when another one is the same.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

/// A number, in a text or in what a page shows.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Its digits, without what groups them.
    pub(super) text: String,
    pub(super) value: f64,
    pub(super) unit: Option<String>,
    /// Whether it has been measured, and another run may print another.
    pub(super) measured: bool,
}

/// The numbers of a text, and what is written as a product: `64 * 1024`,
/// `1 << 17`.
pub(super) fn numbers_in(text: &str, measured: bool) -> Vec<Number> {
    static PRODUCT: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\b(\d[\d_]*) (\*|<<) (\d[\d_]*)\b"));
    let products = PRODUCT.captures_iter(text).filter_map(|found| {
        let (_, [left, sign, right]) = found.extract();
        let number = |digits: &str| digits.replace('_', "").parse::<f64>().ok();
        let (left, right) = (number(left)?, number(right)?);
        let value = match sign {
            "*" => left * right,
            _ => left * right.exp2(),
        };
        Some(Number {
            text: value.to_string(),
            value,
            unit: None,
            measured,
        })
    });
    let written = all_in(text).into_iter();
    let written = written.map(|(number, _)| Number { measured, ..number });
    written.chain(products).collect()
}

/// A text without its tags.
pub(super) fn readable(text: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| pattern("<[^>]*>"));
    TAG.replace_all(text, " ").into_owned()
}

pub(super) fn pattern(pattern: &str) -> Regex {
    Regex::new(pattern).expect("correct pattern")
}

/// Digits, and the word behind them.
static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
    let space = "[ \u{a0}\u{202f}\u{2009}]";
    let groups = format!(r"\d{{1,3}}(?:(?:,|_|{space})\d{{3}}\b)+|\d+");
    pattern(&format!(
        r"({groups})(\.\d+)?(?:_?[iuf](?:8|16|32|64|128|size))?(?:(?:{space}|-)?([%A-Za-zµ]+))?"
    ))
});

/// Each number of a text with the place of its digits.
pub(super) fn all_in(text: &str) -> Vec<(Number, Range<usize>)> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(number) = NUMBER.captures_at(text, from) {
        let part = |n: usize| number.get(n).map(|m| m.range());
        let Some(whole) = part(1) else { break };
        let end = part(2).map_or(whole.end, |fraction| fraction.end);
        let digits = whole.start..end;
        from = end;
        // A part of a name, of a version, or of an address.
        let before = text[..digits.start].chars().next_back();
        let after = text[end..].strip_prefix('.');
        let dotted = after
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
        if dotted {
            let rest = &text[end..];
            let version = |c: char| c == '.' || c.is_ascii_digit();
            from += rest.find(|c| !version(c)).unwrap_or(rest.len());
            continue;
        }
        if before.is_some_and(|c| c.is_alphanumeric() || "_.#/§+".contains(c))
            || before == Some('-')
                && text[..digits.start - 1]
                    .ends_with(|c: char| c.is_alphanumeric())
        {
            continue;
        }
        let plain = text[digits.clone()]
            .replace(|c: char| !c.is_ascii_digit() && c != '.', "");
        let Ok(value) = plain.parse::<f64>() else {
            continue;
        };
        let unit = part(3).map(|unit| text[unit].to_owned());
        let number = Number {
            text: plain,
            value,
            unit,
            measured: false,
        };
        found.push((number, digits));
    }
    found
}

/// What is measured in a unit, in the smallest one.
pub(super) fn unit(word: &str) -> Option<(&'static str, f64)> {
    let unit = match word {
        "ns" | "nanosecond" | "nanoseconds" => ("time", 1.0),
        "µs" | "us" | "microsecond" | "microseconds" => ("time", 1e3),
        "ms" | "millisecond" | "milliseconds" => ("time", 1e6),
        "s" | "second" | "seconds" => ("time", 1e9),
        "min" | "minute" | "minutes" => ("time", 60e9),
        "h" | "hour" | "hours" => ("time", 3600e9),
        "B" | "byte" | "bytes" => ("size", 1.0),
        "kB" | "KB" => ("size", 1e3),
        "KiB" => ("size", 1024.0),
        "MB" => ("size", 1e6),
        "MiB" => ("size", 1024.0 * 1024.0),
        "GB" => ("size", 1e9),
        "GiB" => ("size", 1024.0 * 1024.0 * 1024.0),
        "%" | "percent" => ("share", 1.0),
        "thousand" => ("count", 1e3),
        "million" => ("count", 1e6),
        _ => return None,
    };
    Some(unit)
}

impl Number {
    /// Whether `shown` is this number, perhaps in another unit or more precise.
    pub(super) fn is(&self, shown: &Number) -> bool {
        let measure = self.unit.as_deref().and_then(unit);
        let other = shown.unit.as_deref().and_then(unit);
        match (measure, other) {
            (Some((what, factor)), Some((kind, other))) => {
                what == kind
                    && rounds(shown.value * other / factor, self, shown)
            }
            // A program has bare numbers: of the same unit, or of a smaller one.
            (Some((what, factor)), None) => {
                let smaller: &[f64] = match what {
                    "time" if factor > 1e9 => &[1.0, 60.0],
                    "time" => &[1.0, 1000.0],
                    "size" => &[1.0, 1024.0],
                    "count" => &[factor],
                    _ => &[1.0],
                };
                let mut steps = smaller.iter();
                steps.any(|step| rounds(shown.value / step, self, shown))
            }
            (None, _) => rounds(shown.value, self, shown),
        }
    }
}

/// Whether this value is the number as it is written: the same, or more precise
/// and rounded.
fn rounds(value: f64, number: &Number, shown: &Number) -> bool {
    let places = number.text.split_once('.').map_or(0, |(_, f)| f.len());
    let unit = 10f64.powi(places as i32);
    let near = |a: f64, b: f64| (a - b).abs() <= a.abs() * 1e-9;
    let digits = number.text.chars().filter(char::is_ascii_digit).count();
    near(value, number.value)
        || shown.text.contains('.')
            && digits >= 2
            && near((value * unit).round() / unit, number.value)
}
