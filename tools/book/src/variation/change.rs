//! A change: lines of a program, and what takes their place.
//!
//! It stands in the page as it is written: a line begins with a space, `-` or
//! `+`, and `@@` stands between two hunks. The old lines of a hunk stand exactly
//! once in the program, so that a listing that moves on cannot leave its
//! variation behind.

use anyhow::{Context, Result, bail};

/// A text with the lines that a change replaces.
///
/// # Errors
///
/// When it is no change, or does not fit the text.
pub fn changed(program: &str, diff: &str) -> Result<String> {
    let mut lines: Vec<&str> = program.lines().collect();
    for hunk in hunks(diff)? {
        let side = |sign: char| -> Vec<&str> {
            let rows = hunk.iter().filter(|(s, _)| [' ', sign].contains(s));
            rows.map(|(_, text)| *text).collect()
        };
        let (old, new) = (side('-'), side('+'));
        let places = places(&lines, &old);
        let [at] = places[..] else {
            let numbers: Vec<String> =
                places.iter().map(|at| (at + 1).to_string()).collect();
            let lines = old.join("\n");
            match numbers.as_slice() {
                [] => bail!(
                    "these lines do not stand in the listing; write them as \
                     they are there:\n{lines}"
                ),
                numbers => bail!(
                    "these lines stand {} times in the listing, from line {} \
                     on; add lines around them that begin with a space until \
                     they stand there once:\n{lines}",
                    numbers.len(),
                    numbers.join(" and ")
                ),
            }
        };
        lines.splice(at..at + old.len(), new);
    }
    Ok(lines.join("\n") + "\n")
}

/// A change with its hunks in the order in which a reader of the program comes by
/// the lines that they replace.
///
/// # Errors
///
/// When it is no change, or a hunk replaces lines of another.
pub fn in_order(program: &str, diff: &str) -> Result<String> {
    let lines: Vec<&str> = program.lines().collect();
    let texts = diff.split_inclusive('\n');
    let mut parts = vec![String::new()];
    for line in texts {
        match line.starts_with("@@") {
            true => parts.push(String::new()),
            false => parts.last_mut().context("a hunk")?.push_str(line),
        }
    }
    let head = parts[0].is_empty();
    parts.retain(|part| !part.is_empty());
    let mut placed = Vec::new();
    for (part, hunk) in parts.iter().zip(hunks(diff)?) {
        let rows = hunk.iter().filter(|(sign, _)| *sign != '+');
        let old: Vec<&str> = rows.map(|(_, text)| *text).collect();
        let [at] = places(&lines, &old)[..] else {
            bail!("a hunk replaces lines of another; make one of the two");
        };
        placed.push((at, part.as_str()));
    }
    placed.sort_by_key(|(at, _)| *at);
    let parts: Vec<&str> = placed.into_iter().map(|(_, part)| part).collect();
    let head = if head { "@@\n" } else { "" };
    Ok(head.to_owned() + &parts.join("@@\n"))
}

/// Where these lines stand in a program, from 0.
fn places(program: &[&str], lines: &[&str]) -> Vec<usize> {
    let fits = |at: &usize| {
        let there = program[*at..].iter().zip(lines);
        there.filter(|(a, b)| a.trim_end() == b.trim_end()).count()
            == lines.len()
    };
    (0..program.len()).filter(fits).collect()
}

/// The hunks of a change: its lines with their signs.
fn hunks(diff: &str) -> Result<Vec<Vec<(char, &str)>>> {
    let mut hunks = vec![Vec::new()];
    for (number, line) in diff.lines().enumerate() {
        let mut rest = line.chars();
        match rest.next() {
            _ if line.starts_with("@@") => hunks.push(Vec::new()),
            // Editors take the space from an empty line.
            None => hunks.last_mut().context("a hunk")?.push((' ', "")),
            Some(sign @ (' ' | '-' | '+')) => {
                let row = (sign, rest.as_str());
                hunks.last_mut().context("a hunk")?.push(row);
            }
            Some(other) => bail!(
                "line {} begins with {other:?}; a line begins with a space, - \
                 or +, and @@ stands between hunks",
                number + 1
            ),
        }
    }
    hunks.retain(|hunk| !hunk.is_empty());
    for hunk in &hunks {
        if hunk.iter().all(|(sign, _)| *sign == ' ') {
            bail!("a hunk changes nothing");
        }
        if hunk.iter().all(|(sign, _)| *sign == '+') {
            bail!("a hunk says not where its lines go; add one around them");
        }
    }
    if hunks.is_empty() {
        bail!("it is empty");
    }
    Ok(hunks)
}

#[cfg(test)]
mod tests {
    use super::{changed, in_order};

    const PROGRAM: &str = "a\nb\na\nc\n";

    fn said(diff: &str) -> String {
        let error = changed(PROGRAM, diff).expect_err("it does not fit");
        error.to_string()
    }

    #[test]
    fn lines_are_replaced_taken_out_and_put_in() {
        let made = |diff| changed(PROGRAM, diff).expect("it fits");
        assert_eq!(made("-b\n+d\n"), "a\nd\na\nc\n");
        assert_eq!(made(" b\n-a\n"), "a\nb\nc\n");
        assert_eq!(made("@@\n+x\n b\n@@\n c\n+y\n"), "a\nx\nb\na\nc\ny\n");
    }

    #[test]
    fn hunks_are_put_in_the_order_of_the_program() {
        let made = |diff| in_order(PROGRAM, diff).expect("it fits");
        assert_eq!(made("-c\n+d\n@@\n-b\n"), "-b\n@@\n-c\n+d\n");
        assert_eq!(made("@@\n-c\n@@\n-b\n"), "@@\n-b\n@@\n-c\n");
        assert_eq!(made("-b\n@@\n-c\n"), "-b\n@@\n-c\n");
        let error = in_order(PROGRAM, "-b\n+d\n@@\n-d\n");
        let error = error.expect_err("the second replaces the first's line");
        assert!(error.to_string().contains("of another"), "{error}");
    }

    #[test]
    fn a_change_that_does_not_fit_says_what_to_do() {
        assert!(said("-a\n").contains("2 times"), "{}", said("-a\n"));
        assert!(said("-a\n").contains("line 1 and 3"));
        assert!(said("-d\n").contains("do not stand in the listing"));
        assert!(said("d\n").contains("line 1 begins with 'd'"));
        assert!(said(" a\n").contains("changes nothing"));
        assert!(said("+a\n").contains("not where"));
        assert!(said("").contains("empty"));
    }
}
