//! Does the gate say of each answer what its page shows, and does it hold?
//!
//! The answers of the book are listings. Those in `tests/answers` are hostile, or
//! cut off; what is said of them stands beside them. What is said is remembered, as
//! long as nothing changes that it depends on: the answer, the gate, the crates, and
//! the pages that it leads to.

use std::fs;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;
use std::thread;
use std::time::{Duration, Instant};

use answer::confine::{Limits, Walls};
use answer::known::Known;
use answer::report::Report;
use anyhow::{Result, ensure};
use book::compile;
use book::expect;
use book::files::{children, file_name};
use book::listings::Kind;
use book::memory;
use book::shelf::Shelf;
use libtest_mimic::{Arguments, Completion, Trial};

static WALLS: LazyLock<Walls> = LazyLock::new(Walls::of_this_system);

/// Less than for a reader, so that the tests end soon; but more time, since a busy
/// machine may take it.
const LIMITS: Limits = Limits {
    time: Duration::from_secs(60),
    memory: 1 << 30,
    processes: 40,
};

/// The answers that have less time, because they would take all of it.
const NO_END: &str = "no_end.md";

/// An answer for a place that only a run knows: a port, a folder.
type Made = fn(&Gate, Walls) -> Result<()>;

struct Gate {
    shelf: &'static Shelf,
    known: Known,
}

fn main() -> Result<()> {
    if answer::blocks::extracts() {
        return Ok(());
    }
    let mut arguments = Arguments::from_args();
    arguments.test_threads.get_or_insert(4);
    let shelf = Shelf::of_the_book(false)?;
    let known = Known::of(&shelf.workspace)?;
    let gate: &'static Gate = Box::leak(Box::new(Gate { shelf, known }));
    let mut trials = Vec::new();
    let answers = shelf.workspace.listings();
    for listing in answers.filter(|l| l.kind == Kind::Answer) {
        trials.push(runs(listing.name.clone(), *WALLS, move |walls| {
            let file = shelf.workspace.root.join(&listing.source);
            let facts = (&listing.text, &listing.settings.exit, &gate.known);
            let kept = listing.kept(book::files::End::Stdout);
            gate.once(&listing.name, walls, &(facts, kept), || {
                let report = gate.judge(&file, walls, Limits::default())?;
                let exit = i32::from(!report.passes);
                expect::judged(shelf, listing, report.to_string(), exit)
            })
        }));
    }
    let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("answers");
    for file in children(&here)? {
        if file.extension().is_some_and(|end| end == "md") {
            for walls in [*WALLS, Walls::Limits] {
                let name = format!("{} {walls:?}", file_name(&file));
                let file = file.clone();
                trials.push(runs(name, walls, move |walls| {
                    gate.says(&file, walls)
                }));
            }
        }
    }
    let made: [(&str, Made); 3] = [
        ("no network but its own loopback", no_network),
        ("nothing outside changes", nothing_outside),
        ("nobody stays", nobody_stays),
    ];
    for (name, test) in made {
        trials.push(runs(name.to_owned(), *WALLS, move |walls| {
            gate.once(name, walls, &name, || test(gate, walls))
        }));
    }
    // On this system, the second kind of walls may be the best.
    trials.dedup_by(|a, b| a.name() == b.name());
    libtest_mimic::run(&arguments, trials).exit()
}

/// A test that needs something to hold programs.
fn runs(
    name: String,
    walls: Walls,
    test: impl FnOnce(Walls) -> Result<()> + Send + 'static,
) -> Trial {
    Trial::ignorable_test(name, move || {
        if *WALLS == Walls::None {
            return Ok(Completion::ignored_with(walls.said()));
        }
        test(walls)?;
        Ok(Completion::Completed)
    })
}

impl Gate {
    fn judge(
        &self,
        file: &Path,
        walls: Walls,
        limits: Limits,
    ) -> Result<Report> {
        answer::judge(&self.known, &self.shelf.build, file, walls, limits)
    }

    /// Tests unless the same has passed before.
    fn once(
        &self,
        name: &str,
        walls: Walls,
        facts: &impl std::hash::Hash,
        test: impl FnOnce() -> Result<()>,
    ) -> Result<()> {
        let build = &self.shelf.build;
        let folder = build.profile_dir.join("judged-answers");
        let walls = format!("{walls:?}");
        let facts = (facts, walls, build.stamps()?, compile::compiler()?);
        memory::once(&folder, name, &facts, test)
    }

    /// What is said of a hostile answer is what is kept.
    fn says(&self, file: &Path, walls: Walls) -> Result<()> {
        let kept = file.with_extension("txt");
        let texts = (fs::read(file)?, fs::read(&kept).unwrap_or_default());
        let facts = (texts, &self.known);
        self.once(&file_name(file), walls, &facts, || {
            let mut limits = LIMITS;
            if file_name(file) == NO_END {
                limits.time = Duration::from_secs(2);
            }
            let said = match self.judge(file, walls, limits) {
                Ok(report) => report.to_string(),
                Err(error) => {
                    let said = format!("{error:#}\n");
                    let first = said.lines().next().unwrap_or_default();
                    format!("{}\n", first.replace(&*file.to_string_lossy(), ""))
                }
            };
            if self.shelf.overwrite {
                fs::write(&kept, &said)?;
            }
            let expected = fs::read_to_string(&kept).unwrap_or_default();
            ensure!(
                said == expected,
                "of {} with {walls:?}, the gate says\n{said}\nand not\n\
                 {expected}\naccept with SNAPSHOTS=overwrite cargo test --test \
                 answers",
                file.display()
            );
            Ok(())
        })
    }

    /// What is said of a program that only this run knows.
    fn of_program(&self, program: &str, walls: Walls) -> Result<String> {
        let folder = tempfile::tempdir()?;
        let file = folder.path().join("answer.md");
        fs::write(&file, format!("```rust\n{program}\n```\n"))?;
        Ok(self.judge(&file, walls, LIMITS)?.to_string())
    }
}

/// A server outside of the walls is not reached, and one inside is.
fn no_network(gate: &Gate, walls: Walls) -> Result<()> {
    let server = TcpListener::bind("127.0.0.1:0")?;
    let outside = server.local_addr()?;
    let program = format!(
        r#"use std::net::{{TcpListener, TcpStream}};

fn main() {{
    let inside = TcpListener::bind("127.0.0.1:0").expect("a loopback");
    let inside = inside.local_addr().expect("an address");
    TcpStream::connect(inside).expect("the loopback works");
    let outside = TcpStream::connect("{outside}").is_ok();
    std::process::exit(if outside {{ 3 }} else {{ 4 }});
}}"#
    );
    let said = gate.of_program(&program, walls)?;
    let expected = match walls {
        Walls::Namespaces => "status 4",
        Walls::Limits | Walls::None => "status 3",
    };
    ensure!(said.contains(expected), "not {expected}:\n{said}");
    Ok(())
}

/// Neither home nor the target folder nor the folder of temporary files changes.
fn nothing_outside(gate: &Gate, walls: Walls) -> Result<()> {
    if walls != Walls::Namespaces {
        return Ok(());
    }
    let home = std::env::var_os("HOME").map(PathBuf::from);
    let mut places: Vec<PathBuf> = home.into_iter().collect();
    places.push(gate.shelf.build.profile_dir.clone());
    places.push(std::env::temp_dir());
    places.push("/usr/local".into());
    let traces: Vec<_> = places
        .iter()
        .map(|place| place.join("an-answer-was-here"))
        .collect();
    let program = format!(
        "fn main() {{
    let traces: &[&str] = &{traces:?};
    let written = traces.iter().filter(|trace| {{
        std::fs::write(trace, \"soup\").is_ok()
    }});
    std::process::exit(10 + i32::try_from(written.count()).unwrap_or(9));
}}"
    );
    let said = gate.of_program(&program, walls)?;
    ensure!(said.contains("status 10"), "it can write outside:\n{said}");
    for trace in traces {
        ensure!(!trace.exists(), "{} is there", trace.display());
    }
    Ok(())
}

/// What a program has started ends with it.
fn nobody_stays(gate: &Gate, walls: Walls) -> Result<()> {
    const MARK: &str = "a-child-that-stays-no-longer";
    for walls in [walls, Walls::Limits] {
        let program = format!(
            r#"use std::process::{{Command, Stdio}};

fn main() {{
    if std::env::args().count() > 1 {{
        std::thread::sleep(std::time::Duration::from_secs(60));
        return;
    }}
    let me = std::env::current_exe().expect("a program has a file");
    let mut child = Command::new(me);
    child.arg("{MARK}").stdout(Stdio::null()).stderr(Stdio::null());
    std::process::exit(if child.spawn().is_ok() {{ 3 }} else {{ 4 }});
}}"#
        );
        let said = gate.of_program(&program, walls)?;
        ensure!(said.contains("status 3"), "no child was started:\n{said}");
        // A signal has been sent; it need not have arrived. Nobody ends the child
        // otherwise within a minute.
        let start = Instant::now();
        while is_there(MARK)? {
            ensure!(start.elapsed() < Duration::from_secs(30), "it stays");
            thread::yield_now();
        }
    }
    Ok(())
}

/// Whether a process has this argument.
fn is_there(argument: &str) -> Result<bool> {
    let processes = children(Path::new("/proc"))?;
    Ok(processes.iter().any(|process| {
        let line = fs::read(process.join("cmdline")).unwrap_or_default();
        String::from_utf8_lossy(&line).contains(argument)
    }))
}
