//! Axes: where a value stands, and which values have a line.

use crate::measurement::{Fault, Number};

/// A scale: which values it shows, and where.
pub(super) struct Scale {
    pub(super) log: bool,
    pub(super) low: f64,
    pub(super) high: f64,
    /// Where `low` and `high` stand.
    pub(super) from: f64,
    pub(super) to: f64,
}

impl Scale {
    pub(super) fn at(&self, value: f64) -> f64 {
        let part = if self.log {
            (value / self.low).log10() / (self.high / self.low).log10()
        } else {
            (value - self.low) / (self.high - self.low)
        };
        self.from + part * (self.to - self.from)
    }

    /// The values that have a line, powers of ten or few round ones, and the
    /// names of these lines.
    pub(super) fn ticks(&self) -> Vec<(f64, String)> {
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
pub(super) fn range(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |(low, high), value| {
        (low.min(value), high.max(value))
    })
}

/// The ends of an axis that shows all `cells`. A bar needs a length, so that
/// its axis begins below them, or at 0.
pub(super) fn ends(
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

/// A round number, with commas between the thousands.
pub(super) fn number(value: f64) -> String {
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
