//! Recording what the tasks or the threads of a listing do.
//!
//! `NAME.trace` beside a listing is its recording, and `NAME.figure.html` the
//! drawing of that, which a page includes.

use std::fs;
use std::path::{Path, PathBuf};
use std::process;
use std::sync::LazyLock;

use anyhow::{Context, Result, anyhow, bail};
use recorder::{Clock, Recording};
use regex::{Captures, Regex};

use crate::compile::{self, Made};
use crate::draw::lanes;
use crate::expect;
use crate::files::{End, replace};
use crate::listings::{Listing, Recorded, Workspace};
use crate::machine;
use crate::pages::showing;
use crate::run;
use crate::shelf::Shelf;

/// The listings that are recorded.
pub fn recorded(workspace: &Workspace) -> impl Iterator<Item = &Listing> {
    let kept = |listing: &&Listing| listing.kept(End::Trace).is_some();
    workspace.listings().filter(kept)
}

/// Runs the listing once more and returns what its tasks or threads did.
///
/// # Errors
///
/// When the listing cannot be compiled with the recorder in the place of Tokio
/// and std, does not end with success, or prints something else than without
/// the recorder.
pub fn record(shelf: &Shelf, listing: &Listing) -> Result<Recording> {
    let program = program(shelf, listing)?;
    let name = &listing.name;
    let root = &shelf.workspace.root;
    let file = program.with_extension(format!("{}.trace", process::id()));
    let variables = [("RECORD_TO", file.as_os_str())];
    let done = run::run(&program, &[], root, &variables)?;
    if done.exit != 0 {
        bail!("the recorded run of `{name}` failed:\n{}", done.stderr);
    }
    expect::prints_as_ever(root, listing, done)?;
    let text = fs::read_to_string(&file)
        .with_context(|| format!("`{name}` has written no recording"))?;
    fs::remove_file(&file)?;
    let recording = read(&file, &text)?;
    if !on_tokio(&listing.text)
        && let Some(lane) = recording.unfinished()
    {
        bail!(
            "`{name}` cannot be recorded: `{lane}` does not end, and where a \
             listing is its own executor nobody sees a future dropped"
        );
    }
    Ok(recording)
}

fn read(file: &Path, text: &str) -> Result<Recording> {
    Recording::parse(text).map_err(|fault| {
        let file = file.display();
        anyhow!("{file}:{}: {}", fault.line, fault.what)
    })
}

/// Whether the committed recording is `now`'s, and the committed drawing that
/// recording's, byte by byte. No run of threads is like another; of those, each
/// thread must have done the same, in the same order.
///
/// # Errors
///
/// When it is not, with the listing, the file and its first line that differs,
/// the page, and how to accept the new recording.
pub fn compare(root: &Path, listing: &Listing, now: &Recording) -> Result<()> {
    let name = &listing.name;
    let [trace, drawing] = [End::Trace, End::Lanes].map(|e| listing.file(e));
    let [kept, kept_drawing] = [End::Trace, End::Lanes]
        .map(|end| listing.kept(end).unwrap_or_default());
    let stale = |file: &Path, line: usize, accept: &str| {
        bail!(
            "{}:{line}: is not what `{name}` does now\n\n  program  {}\n  \
             shown in {}\n  accept   {accept}\n",
            file.display(),
            listing.source.display(),
            showing(root, &drawing),
        )
    };
    let drawn = match listing.settings.recorded {
        Recorded::Tasks => {
            if let Some(line) = first_difference(kept, &now.to_text()) {
                return stale(&trace, line, "cargo figures");
            }
            lanes::draw(name, now)
        }
        Recorded::Threads => {
            let kept = read(&trace, kept)?;
            match &kept.clock {
                Clock::Virtual => {
                    bail!("{}:1: is no recording of threads", trace.display());
                }
                Clock::Wall { machine } if machine.is_empty() => {
                    bail!("{}:1: names no machine", trace.display());
                }
                Clock::Wall { .. } => {}
            }
            if kept.deeds() != now.deeds() {
                return stale(&trace, 1, &format!("cargo figures {name}"));
            }
            lanes::draw(name, &kept)
        }
    };
    match first_difference(kept_drawing, &drawn) {
        Some(line) => stale(&drawing, line, "cargo figures"),
        None => Ok(()),
    }
}

/// Records and draws anew; a recording of threads that is there stays, unless it
/// is asked for `again`.
///
/// # Errors
///
/// As [`record`], and when a file cannot be read or written.
pub fn renew(
    shelf: &Shelf,
    listing: &Listing,
    again: bool,
) -> Result<Recording> {
    let root = &shelf.workspace.root;
    let trace = listing.file(End::Trace);
    let keep = listing.settings.recorded == Recorded::Threads && !again;
    let recording = match listing.kept(End::Trace).filter(|_| keep) {
        Some(text) => read(&trace, text)?,
        None => {
            let mut recording = record(shelf, listing)?;
            if let Clock::Wall { machine } = &mut recording.clock {
                *machine = machine::describe(listing.command())?;
            }
            replace(&root.join(&trace), &recording.to_text())?;
            recording
        }
    };
    let drawing = lanes::draw(&listing.name, &recording);
    replace(&root.join(listing.file(End::Lanes)), &drawing)?;
    Ok(recording)
}

/// The listing, compiled with the recorder in the place of Tokio and std.
fn program(shelf: &Shelf, listing: &Listing) -> Result<PathBuf> {
    let name = &listing.name;
    let program = Made {
        folder: "recordings",
        name,
        crate_name: "made",
        edition: "2024",
        text: &instrumented(&listing.text, listing.settings.recorded),
        package: &listing.section,
        instead: &[("recorder", "recorder"), ("tokio", "recorder")],
        shown_as: None,
        args: &[],
    };
    compile::made(&shelf.build, &program).map_err(|error| {
        anyhow!(
            "`{name}` cannot be recorded: it does not compile with the \
             recorder in the place of Tokio and std.\n{error:#}"
        )
    })
}

/// Whether Tokio runs the futures of this listing.
fn on_tokio(source: &str) -> bool {
    source.contains("tokio::")
}

/// The source of a listing, in which the names of std and, where the listing is
/// its own executor, the calls of `poll` and `wake` are the recorder's. Every
/// line keeps its number.
fn instrumented(source: &str, recorded: Recorded) -> String {
    static STD: LazyLock<Regex> = LazyLock::new(|| pattern(r"\bstd::"));
    static MAIN: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"(?m)^fn main\(\)[^{]*\{"));
    static POLL: LazyLock<Regex> =
        LazyLock::new(|| pattern(r"\.(poll|wake)\((\))?"));
    let on_tokio = on_tokio(source);
    let stand_in = match recorded {
        Recorded::Tasks => "recorder::tasks",
        Recorded::Threads => "recorder::threads",
    };
    let mut lines = Vec::new();
    for (number, line) in source.lines().enumerate() {
        let mut line = STD.replace_all(line, format!("{stand_in}::"));
        if recorded == Recorded::Tasks && !on_tokio {
            let number = number + 1;
            line = POLL
                .replace_all(&line, |call: &Captures<'_>| {
                    match (&call[1], call.get(2).is_some()) {
                        ("poll", false) => format!(".recorded_poll({number}, "),
                        ("wake", true) => format!(".recorded_wake({number})"),
                        // `poll()` and `wake(it)` are the listing's own.
                        _ => call[0].to_owned(),
                    }
                })
                .into_owned()
                .into();
        }
        lines.push(line.into_owned());
    }
    let mut text = lines.join("\n");
    if !on_tokio || recorded == Recorded::Threads {
        text = MAIN
            .replace(&text, format!("$0 let _recording = {stand_in}::main();"))
            .into_owned();
    }
    // At the end, where it moves no line and follows all inner attributes.
    text + "\n#[allow(unused_imports)]\n#[macro_use]\nextern crate recorder;\n\
            #[allow(unused_imports)]\n\
            use recorder::tasks::{RecordedPoll as _, RecordedWake as _};\n"
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("correct pattern")
}

/// The number of the first line that differs, from 1.
pub(crate) fn first_difference(a: &str, b: &str) -> Option<usize> {
    let same = a.lines().zip(b.lines()).take_while(|(a, b)| a == b).count();
    (a != b).then_some(same + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What stands before the lines that are added.
    fn rewritten(source: &str, recorded: Recorded) -> String {
        let text = instrumented(source, recorded);
        let lines: Vec<&str> =
            text.lines().take(source.lines().count()).collect();
        lines.join("\n")
    }

    #[test]
    fn a_listing_on_tokio_keeps_its_polls() {
        let source = "use std::thread;\nuse tokio::time;\nf.poll(cx);";
        assert_eq!(
            rewritten(source, Recorded::Tasks),
            "use recorder::tasks::thread;\nuse tokio::time;\nf.poll(cx);"
        );
    }

    #[test]
    fn a_listing_that_is_its_own_executor_has_its_polls_noted() {
        let source = "fn main() {\n    task.poll();\n    f.as_mut().poll(\n\
                      \x20   &mut cx);\n    waker.wake();\n}";
        assert_eq!(
            rewritten(source, Recorded::Tasks),
            "fn main() { let _recording = recorder::tasks::main();\n    \
             task.poll();\n    f.as_mut().recorded_poll(3, \n    &mut cx);\n    \
             waker.recorded_wake(5);\n}"
        );
    }

    #[test]
    fn a_listing_of_threads_keeps_its_polls_and_its_lines() {
        let source = "#![forbid(unsafe_code)]\nfn main() {\n    f.poll(cx);\n}";
        assert_eq!(
            rewritten(source, Recorded::Threads),
            "#![forbid(unsafe_code)]\nfn main() { let _recording = \
             recorder::threads::main();\n    f.poll(cx);\n}"
        );
    }
}
