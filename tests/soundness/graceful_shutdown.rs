use std::env;
use std::io::{BufRead, BufReader, Read};
use std::process::{Child, Stdio};
use std::thread;
use tokio::runtime::{Builder, Runtime};

type Tasks = JoinSet<io::Result<()>>;

/// What a service does, which is this program once more.
type Service = fn(&mut Tasks, watch::Receiver<bool>);

const MULTI: Kind = Kind::Multi;
const CURRENT: Kind = Kind::Current;
const TWO: Kind = Kind::Two;

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Multi,
    Current,
    /// `run` on a current-thread runtime, the tasks on workers.
    Two,
}

/// The name, the runtime, the service, the signals that it gets, the status that
/// it must end with, and what it must have printed.
type Case = (&'static str, Kind, Service, &'static str, i32, &'static str);

/// With this name, it is a fault to end.
const HELD: &str = "every worker blocks";

const CASES: [Case; 20] = [
    ("term", CURRENT, works, "TERM", 0, "closed"),
    ("term on workers", MULTI, works, "TERM", 0, "closed"),
    ("int", CURRENT, works, "INT", 0, "closed"),
    ("idle", CURRENT, |_, _| {}, "", 0, "nobody is left"),
    ("panics", CURRENT, panics, "", 1, "nobody is left"),
    ("panics on workers", MULTI, panics, "", 1, "nobody is left"),
    ("one panic", MULTI, one_panic, "TERM", 1, "closed"),
    ("late panic", CURRENT, late_panic, "TERM", 1, "closed"),
    ("error", CURRENT, error, "TERM", 1, "closed"),
    (
        "never ends",
        CURRENT,
        never_ends,
        "TERM",
        1,
        "1 still at work",
    ),
    (
        "never ends on workers",
        MULTI,
        never_ends,
        "TERM",
        1,
        "1 still at work",
    ),
    ("blocks", MULTI, blocks, "TERM", 1, "1 still at work"),
    (
        "blocking pool",
        CURRENT,
        blocking_pool,
        "TERM",
        1,
        "1 still at work",
    ),
    (
        "second signal",
        CURRENT,
        never_ends,
        "INT TERM",
        1,
        "a second signal",
    ),
    (
        "second on workers",
        MULTI,
        blocks,
        "TERM INT",
        1,
        "a second signal",
    ),
    (HELD, MULTI, blocks_all, "TERM", 1, ""),
    (
        "every worker of two runtimes",
        TWO,
        blocks_all,
        "TERM",
        1,
        "2 still at work",
    ),
    ("two runtimes", TWO, works, "TERM", 0, "closed"),
    ("thousand", MULTI, thousand, "TERM", 0, "closed"),
    ("few descriptors", MULTI, thousand, "TERM", 0, "closed"),
];

fn works(tasks: &mut Tasks, closing: watch::Receiver<bool>) {
    for name in ["Ann", "Bob"] {
        tasks.spawn(cook(name, 10, closing.clone()));
    }
}

fn thousand(tasks: &mut Tasks, closing: watch::Receiver<bool>) {
    for _ in 0..1000 {
        tasks.spawn(cook("Ann", 10, closing.clone()));
    }
}

fn panics(tasks: &mut Tasks, _: watch::Receiver<bool>) {
    for number in 0..10 {
        tasks.spawn(async move {
            sleep(Duration::from_millis(number)).await;
            panic!("burnt")
        });
    }
}

fn one_panic(tasks: &mut Tasks, closing: watch::Receiver<bool>) {
    works(tasks, closing);
    tasks.spawn(async { panic!("burnt") });
}

fn late_panic(tasks: &mut Tasks, mut closing: watch::Receiver<bool>) {
    works(tasks, closing.clone());
    tasks.spawn(async move {
        closing.changed().await.map_err(io::Error::other)?;
        panic!("burnt")
    });
}

fn error(tasks: &mut Tasks, closing: watch::Receiver<bool>) {
    works(tasks, closing);
    tasks.spawn(async { Err(io::Error::other("no eggs")) });
}

fn never_ends(tasks: &mut Tasks, closing: watch::Receiver<bool>) {
    works(tasks, closing);
    tasks.spawn(std::future::pending());
}

/// A thread that no abort can stop.
fn park() -> ! {
    loop {
        thread::park();
    }
}

fn blocks(tasks: &mut Tasks, closing: watch::Receiver<bool>) {
    works(tasks, closing);
    tasks.spawn(async { park() });
}

fn blocks_all(tasks: &mut Tasks, _: watch::Receiver<bool>) {
    for _ in 0..WORKERS {
        tasks.spawn(async { park() });
    }
}

fn blocking_pool(tasks: &mut Tasks, closing: watch::Receiver<bool>) {
    works(tasks, closing);
    tasks.spawn(async { Ok(tokio::task::spawn_blocking(|| park()).await?) });
}

/// One for the task that blocks, one for the others.
const WORKERS: usize = 2;

fn workers() -> io::Result<Runtime> {
    Builder::new_multi_thread()
        .worker_threads(WORKERS)
        .enable_all()
        .build()
}

fn runtime(kind: Kind) -> io::Result<Runtime> {
    match kind {
        Kind::Multi => workers(),
        Kind::Current | Kind::Two => {
            Builder::new_current_thread().enable_all().build()
        }
    }
}

/// The service itself, in a process of its own, as the listing's `main` is.
fn serve(&(name, kind, service, ..): &Case) -> io::Result<()> {
    let runtime = runtime(kind)?;
    let other = (kind == TWO).then(workers).transpose()?;
    let status = runtime.block_on(async {
        let signals = stop_signals()?;
        let (close, closing) = watch::channel(false);
        let mut tasks = JoinSet::new();
        {
            // `spawn` is `spawn_on` of the runtime that is entered last.
            let _entered = other.as_ref().map(Runtime::enter);
            service(&mut tasks, closing);
        }
        if name == HELD {
            // By then each worker has a task that blocks.
            thread::sleep(Duration::from_millis(500));
        }
        log("open");
        Ok::<_, io::Error>(run(tasks, close, signals).await)
    })?;
    process::exit(status)
}

fn start(number: usize, few_descriptors: bool) -> io::Result<Child> {
    let program = env::current_exe()?;
    let limit = if few_descriptors {
        "ulimit -n 16; "
    } else {
        ""
    };
    Command::new("sh")
        .arg("-c")
        .arg(format!(r#"{limit}exec "$0" {number}"#))
        .arg(program)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
}

/// What is wrong with the service, if anything is.
fn fault(number: usize) -> io::Result<Option<String>> {
    let (name, _, _, signals, status, word) = CASES[number];
    let mut child = start(number, name == "few descriptors")?;
    let stdout = child.stdout.take().expect("it is piped");
    let mut stdout = BufReader::new(stdout);
    let mut said = String::new();
    stdout.read_line(&mut said)?;
    let begin = std::time::Instant::now();
    let id = child.id();
    let kill: Vec<_> = signals
        .split_whitespace()
        .map(|signal| format!("kill -{signal} {id}"))
        .collect();
    Command::new("sh").args(["-c", &kill.join(";")]).status()?;
    let ended = loop {
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        if begin.elapsed() > Duration::from_secs(4) {
            child.kill()?;
            if name == HELD {
                return Ok(None);
            }
            return Ok(Some(format!("{name}: misses its deadline")));
        }
        thread::sleep(Duration::from_millis(5));
    };
    let took = begin.elapsed();
    stdout.read_to_string(&mut said)?;
    if name == HELD {
        return Ok(Some(format!("{name}: ended, {ended}: {said}")));
    }
    if ended.code() != Some(status) {
        return Ok(Some(format!("{name}: {ended}, not status {status}")));
    }
    if !said.contains(word) {
        return Ok(Some(format!("{name}: does not say {word:?}: {said}")));
    }
    if word == "1 still at work" && took < GRACE[0] {
        return Ok(Some(format!("{name}: cut off after {took:?}")));
    }
    // Whoever waits for the end of the work gets it.
    let home = said.matches("goes home").count();
    if matches!(name, "thousand" | "few descriptors") && home != 1000 {
        return Ok(Some(format!("{name}: {home} of 1000 ended their work")));
    }
    Ok(None)
}

fn main() -> io::Result<()> {
    if let Some(number) = env::args().nth(1) {
        let number: usize = number.parse().map_err(io::Error::other)?;
        return serve(&CASES[number]);
    }
    let cases: Vec<_> = (0..CASES.len())
        .map(|number| thread::spawn(move || fault(number)))
        .collect();
    let mut faults = Vec::new();
    for case in cases {
        faults.extend(case.join().expect("no panic")?);
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    Ok(())
}
