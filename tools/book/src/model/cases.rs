//! Which faults a harness must find.
//!
//! `NAME.txt` beside the harness `NAME.rs`, each `## name` in it a test:
//!
//! ```text
//! ## that_forgets_to_count
//! Prose is for the reader of the test.
//!
//! built: debug, release
//! -the lines as they are
//! +the lines with the fault
//! finds: a part of what the harness then says
//! ```
//!
//! The lines are those of a variation's `.diff`, of as many hunks as it takes.
//! `built:` is left out if `debug` is enough; the third way is `one core`. A
//! change that the harness always needs stands first, below `## given`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use super::Way;
use crate::files::{children, file_name};

/// One test: a harness behind its listing, with a fault or without.
#[derive(Clone, Debug)]
pub struct Case {
    /// The name of the harness, and behind `::` that of the fault.
    pub name: String,
    /// The stem of the harness's file.
    pub(super) harness: String,
    /// How it is built and run, one after the other.
    pub(super) ways: Vec<Way>,
    /// What is changed in the listing, one after the other.
    pub(super) changes: Vec<String>,
    /// What the harness says of the fault; nothing if there is none.
    pub finds: Option<String>,
}

/// The tests of the harnesses in this folder, `tests/models` or `tests/soundness`,
/// whose programs are built in these ways.
///
/// # Errors
///
/// When a file cannot be read, a harness has no fault to find, or a text does not
/// say what a test needs.
pub fn cases(folder: &Path, ways: &[Way]) -> Result<Vec<Case>> {
    let mut cases = Vec::new();
    for harness in children(folder)? {
        let name = file_name(&harness);
        if let Some(name) = name.strip_suffix(".txt") {
            let rust = folder.join(format!("{name}.rs"));
            ensure!(rust.exists(), "{} is missing", rust.display());
            continue;
        }
        let name = name.strip_suffix(".rs");
        let name = name.with_context(|| {
            format!("{} is neither a .rs nor a .txt", harness.display())
        })?;
        let file = harness.with_file_name(format!("{name}.txt"));
        let of_file = || file.display().to_string();
        let text = fs::read_to_string(&file).with_context(|| {
            format!("{}: which faults must it find?", of_file())
        })?;
        cases.extend(parse(name, ways, &text).with_context(of_file)?);
    }
    Ok(cases)
}

/// The tests of one harness: that nothing is found, and then each fault.
fn parse(harness: &str, ways: &[Way], text: &str) -> Result<Vec<Case>> {
    let mut sound = Case {
        name: harness.to_owned(),
        harness: harness.to_owned(),
        ways: ways.to_vec(),
        changes: Vec::new(),
        finds: None,
    };
    let mut faults = Vec::new();
    let mut names = BTreeSet::new();
    let text = format!("\n{text}");
    let mut parts = text.split("\n## ");
    let before = parts.next().unwrap_or_default().trim();
    ensure!(
        before.is_empty(),
        "{before}: this stands before any `## name`"
    );
    for part in parts {
        let (name, rest) = part.split_once('\n').unwrap_or((part, ""));
        ensure!(names.insert(name), "two are called {name}");
        // Prose ends with an empty line.
        let change = rest.split_once("\n\n").map(|(_, change)| change);
        let change = rest.strip_prefix('\n').or(change);
        let change = change.with_context(|| {
            format!("{name}: no empty line stands above its change")
        })?;
        if name == "given" {
            ensure!(faults.is_empty(), "`## given` does not stand first");
            sound.changes.push(change.trim_end().to_owned());
            continue;
        }
        let mut case = sound.clone();
        case.name += &format!("::{name}");
        // The first way is that of a debug build, or the only one.
        case.ways.truncate(1);
        let built = change.strip_prefix("built: ");
        let built = built.and_then(|rest| rest.split_once('\n'));
        let change = match built {
            None => change,
            Some((built, change)) => {
                case.ways = built
                    .split(", ")
                    .map(|word| way(word, ways))
                    .collect::<Result<_>>()
                    .context(name.to_owned())?;
                change
            }
        };
        let (change, finds) =
            change.split_once("\nfinds: ").with_context(|| {
                format!("{name}: no line `finds: …` below its change")
            })?;
        let finds = finds.trim_end();
        ensure!(
            !finds.is_empty() && !finds.contains('\n'),
            "{name}: `finds:` is one line, and the last"
        );
        case.changes.push(change.to_owned());
        case.finds = Some(finds.to_owned());
        faults.push(case);
    }
    ensure!(
        !faults.is_empty(),
        "a harness that finds no fault proves nothing"
    );
    Ok([vec![sound], faults].concat())
}

/// One of `ways`.
fn way(word: &str, ways: &[Way]) -> Result<Way> {
    let way = match word {
        "debug" => Way::Debug,
        "release" => Way::Release,
        "one core" => Way::OneCore,
        _ => bail!("`built:` knows debug, release and one core, not {word}"),
    };
    ensure!(ways.contains(&way), "a model is built in one way");
    Ok(way)
}

#[cfg(test)]
mod tests {
    use super::{Way, parse};

    const WAYS: [Way; 3] = [Way::Debug, Way::Release, Way::OneCore];

    const FAULT: &str = "## that_burns\n\n-toast\n+coal\nfinds: smoke\n";

    #[test]
    fn a_harness_is_run_without_and_with_each_fault() {
        let text = format!(
            "## given\nWhy.\n\n-a\n+b\n\n{FAULT}\n## twice\nProse.\n\nbuilt: \
             release, one core\n-c\n\n-d\nfinds: two: words\n"
        );
        let cases = parse("toast", &WAYS, &text).expect("it is right");
        let seen: Vec<_> = cases
            .iter()
            .map(|case| {
                let changes = case.changes.join("|");
                let finds = case.finds.as_deref().unwrap_or("nothing");
                (case.name.as_str(), case.ways.len(), changes, finds)
            })
            .collect();
        let expected = [
            ("toast", 3, "-a\n+b", "nothing"),
            ("toast::that_burns", 1, "-a\n+b|-toast\n+coal", "smoke"),
            ("toast::twice", 2, "-a\n+b|-c\n\n-d", "two: words"),
        ];
        let expected: Vec<_> = expected
            .map(|(name, ways, changes, finds)| {
                (name, ways, changes.to_owned(), finds)
            })
            .into();
        assert_eq!(seen, expected);
    }

    #[test]
    fn what_is_missing_is_said() {
        let fault = |from, to| FAULT.replace(from, to);
        for (text, said) in [
            (String::new(), "proves nothing"),
            ("prose\n".to_owned(), "before any"),
            (format!("{FAULT}{FAULT}"), "two are called that_burns"),
            (format!("{FAULT}## given\n\n-a\n"), "stand first"),
            (fault("\n\n", "\n"), "no empty line"),
            (fault("finds: smoke", ""), "no line `finds"),
            (fault("smoke", "smoke\nfire"), "one line"),
            (fault("-toast", "built: by hand\n-toast"), "not by hand"),
        ] {
            let error = parse("toast", &WAYS, &text).expect_err(said);
            let error = format!("{error:#}");
            assert!(error.contains(said), "{said}: {error}");
        }
        let text = fault("-toast", "built: release\n-toast");
        let error = parse("toast", &[Way::Model], &text);
        assert!(error.is_err(), "a model has no release build");
    }
}
