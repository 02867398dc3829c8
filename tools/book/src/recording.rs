//! Recording a listing for the figure that a page shows of it.
//!
//! A page asks for a figure by including `NAME.figure.html`, which stands
//! beside the listing with `NAME.trace`, the recording it is drawn from.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;
use std::time::SystemTime;

use anyhow::{Context, Result, bail};
use recorder::{Clock, Recording};
use regex::{Captures, Regex};

use crate::expect;
use crate::listings::{Listing, Recorded, Section, file_name, replace};
use crate::machine;
use crate::pages::Book;
use crate::run;
use crate::shelf::Shelf;

/// A figure that a page shows.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    /// The section of the listing.
    pub section: &'a Section,
    /// The listing that is recorded.
    pub listing: &'a Listing,
}

impl Shelf {
    /// The figures that the pages include.
    ///
    /// # Errors
    ///
    /// When a page includes a figure of no listing.
    pub fn figures(&self, book: &Book) -> Result<Vec<Figure<'_>>> {
        let mut figures = Vec::new();
        for page in &book.pages {
            for include in &page.includes {
                let name = file_name(&include.path);
                let Some(name) = name.strip_suffix(".figure.html") else {
                    continue;
                };
                let found =
                    self.workspace.sections.iter().find_map(|section| {
                        let listing =
                            section.listings.iter().find(|l| l.name == name)?;
                        Some(Figure { section, listing })
                    });
                figures.push(found.with_context(|| {
                    let at = page.at(include.line);
                    format!("{at}: no listing is called `{name}`")
                })?);
            }
        }
        Ok(figures)
    }
}

impl Figure<'_> {
    /// The committed recording, relative to the root.
    pub fn trace(&self) -> PathBuf {
        self.listing.source.with_extension("trace")
    }

    /// The committed fragment, relative to the root.
    pub fn fragment(&self) -> PathBuf {
        self.listing.source.with_extension("figure.html")
    }

    /// Runs the listing once more and returns what its tasks or threads did.
    ///
    /// # Errors
    ///
    /// When the listing cannot be compiled with the recorder in the place of
    /// Tokio and std, does not end with success, or prints something else than
    /// without the recorder.
    pub fn record(&self, shelf: &Shelf) -> Result<Recording> {
        let program = self.program(shelf)?;
        let name = &self.listing.name;
        let root = &shelf.workspace.root;
        let file =
            program.with_extension(format!("{}.trace", std::process::id()));
        let variables = [
            ("RECORD_TO", file.as_os_str()),
            ("RECORD_OF", self.listing.source.as_os_str()),
        ];
        let done = run::run(&program, &[], root, &variables)?;
        if done.exit != 0 {
            bail!("the recorded run of `{name}` failed:\n{}", done.stderr);
        }
        expect::prints_as_ever(root, self.listing, done)?;
        let recording = Recording::read(&file);
        fs::remove_file(&file)?;
        let recording = recording?;
        let source = fs::read_to_string(root.join(&self.listing.source))?;
        if !on_tokio(&source)
            && let Some(lane) = recording.unfinished()
        {
            bail!(
                "`{name}` cannot be recorded: `{lane}` does not end, and where \
                 a listing is its own executor nobody sees a future dropped"
            );
        }
        Ok(recording)
    }

    /// Whether the committed recording is `now`'s, and the committed drawing
    /// that recording's, byte by byte. No run of threads is like another; of
    /// those, each thread must have done the same, in the same order.
    ///
    /// # Errors
    ///
    /// When it is not, with the listing, the file and its first line that
    /// differs, the page, and how to accept the new recording.
    pub fn compare(
        &self,
        root: &Path,
        book: &Book,
        now: &Recording,
    ) -> Result<()> {
        let name = &self.listing.name;
        let stale = |file: &Path, line: usize, accept: &str| {
            bail!(
                "{}:{line}: is not what `{name}` does now\n\n  \
                 program  {}\n  shown in {}\n  \
                 accept   {accept}\n",
                file.display(),
                self.listing.source.display(),
                book.showing(&self.fragment()).join(", "),
            )
        };
        let text = |file: &Path| {
            fs::read_to_string(root.join(file)).unwrap_or_default()
        };
        let drawn = match self.recorded() {
            Recorded::Tasks => {
                let same =
                    first_difference(&text(&self.trace()), &now.to_text());
                if let Some(line) = same {
                    return stale(&self.trace(), line, "cargo figures");
                }
                crate::draw::lanes::draw(name, now)
            }
            Recorded::Threads => {
                let kept = Recording::read(&root.join(self.trace()))?;
                let Clock::Wall { machine } = &kept.clock else {
                    let trace = self.trace();
                    bail!("{}:1: is no recording of threads", trace.display());
                };
                if machine.is_empty() {
                    let trace = self.trace();
                    bail!("{}:1: names no machine", trace.display());
                }
                if kept.deeds() != now.deeds() {
                    let accept = format!("cargo figures {name}");
                    return stale(&self.trace(), 1, &accept);
                }
                crate::draw::lanes::draw(name, &kept)
            }
        };
        match first_difference(&text(&self.fragment()), &drawn) {
            Some(line) => stale(&self.fragment(), line, "cargo figures"),
            None => Ok(()),
        }
    }

    /// Records and draws anew; a recording of threads that is there stays, unless
    /// it is asked for `again`.
    ///
    /// # Errors
    ///
    /// As [`Figure::record`], and when a file cannot be read or written.
    pub fn renew(&self, shelf: &Shelf, again: bool) -> Result<Recording> {
        let root = &shelf.workspace.root;
        let trace = root.join(self.trace());
        let keep = self.recorded() == Recorded::Threads && !again;
        let recording = if keep && trace.exists() {
            Recording::read(&trace)?
        } else {
            let mut recording = self.record(shelf)?;
            if let Clock::Wall { machine } = &mut recording.clock {
                *machine = machine::describe(self.listing.command())?;
            }
            replace(&trace, &recording.to_text())?;
            recording
        };
        let drawing = crate::draw::lanes::draw(&self.listing.name, &recording);
        replace(&root.join(self.fragment()), &drawing)?;
        Ok(recording)
    }

    /// The listing, compiled with the recorder in the place of Tokio and std.
    fn program(&self, shelf: &Shelf) -> Result<PathBuf> {
        let build = &shelf.build;
        let name = &self.listing.name;
        let folder = build.profile_dir.join("recordings");
        fs::create_dir_all(&folder)?;
        let program =
            folder.join(name).with_extension(env::consts::EXE_EXTENSION);
        let source = shelf.workspace.root.join(&self.listing.source);
        let recorder = build.library("recorder")?;
        let text = instrumented(&fs::read_to_string(&source)?, self.recorded());
        let copy = folder.join(format!("{name}.rs"));
        let same = fs::read_to_string(&copy).is_ok_and(|old| old == text);
        if same && newer(&program, &[&copy, recorder]) {
            return Ok(program);
        }
        fs::write(&copy, text)?;
        let mut command = Command::new("rustc");
        command
            .current_dir(&shelf.workspace.root)
            .args(["--edition=2024", "--crate-type=bin", "--color=never"])
            .arg("-L")
            .arg(build.profile_dir.join("deps"));
        for library in build.externs(&self.section.name)? {
            if library.name != "tokio" {
                let path = library.path.display();
                command.arg(format!("--extern={}={path}", library.name));
            }
        }
        for name in ["recorder", "tokio"] {
            let path = recorder.display();
            command.arg(format!("--extern={name}={path}"));
        }
        let output = command.arg(&copy).arg("-o").arg(&program).output()?;
        if !output.status.success() {
            bail!(
                "`{name}` cannot be recorded: it does not compile with the \
                 recorder in the place of Tokio and std.\n{}",
                String::from_utf8_lossy(&output.stderr)
            );
        }
        Ok(program)
    }

    /// What a recording of this listing shows.
    pub fn recorded(&self) -> Recorded {
        self.listing.settings.recorded
    }
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
fn first_difference(a: &str, b: &str) -> Option<usize> {
    let same = a.lines().zip(b.lines()).take_while(|(a, b)| a == b).count();
    (a != b).then_some(same + 1)
}

/// Whether `made` is there and newer than all it is made from.
pub(crate) fn newer(made: &Path, from: &[&Path]) -> bool {
    let time = |path: &Path| -> Option<SystemTime> {
        fs::metadata(path).and_then(|meta| meta.modified()).ok()
    };
    time(made).is_some_and(|made| {
        from.iter()
            .all(|from| time(from).is_some_and(|from| from < made))
    })
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
