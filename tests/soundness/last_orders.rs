use std::env;
use std::io::{BufRead, BufReader, Read};
use std::process::{self, Child, Stdio};
use std::thread;
use tokio::runtime::Builder;

/// What a service does, which is this program once more.
type Service = fn(&mut JoinSet<u32>, &watch::Receiver<bool>);

/// The name, the service, the signals that it gets, the status that it must end
/// with, and how many cooks must go home.
type Case = (&'static str, Service, &'static str, i32, usize);

const CASES: [Case; 7] = [
    ("term", two_cooks, "TERM", 0, 2),
    ("int", two_cooks, "INT", 0, 2),
    ("both", two_cooks, "INT TERM", 0, 2),
    ("thousand", thousand, "TERM", 0, 1000),
    ("one panic", one_panic, "TERM", 1, 2),
    ("all panic", all_panic, "", 1, 0),
    ("idle", |_, _| {}, "", 0, 0),
];

fn two_cooks(cooks: &mut JoinSet<u32>, closing: &watch::Receiver<bool>) {
    for ms in [5, 10] {
        cooks.spawn(cook(ms, closing.clone()));
    }
}

fn thousand(cooks: &mut JoinSet<u32>, closing: &watch::Receiver<bool>) {
    for ms in 0..1000 {
        cooks.spawn(cook(ms % 10, closing.clone()));
    }
}

fn one_panic(cooks: &mut JoinSet<u32>, closing: &watch::Receiver<bool>) {
    two_cooks(cooks, closing);
    cooks.spawn(async { panic!("burnt") });
}

fn all_panic(cooks: &mut JoinSet<u32>, _: &watch::Receiver<bool>) {
    for _ in 0..10 {
        cooks.spawn(async { panic!("burnt") });
    }
}

/// The service itself, in a process of its own, as the listing's `main` is.
fn run(number: usize, multi: bool) -> io::Result<()> {
    let mut builder = match multi {
        true => Builder::new_multi_thread(),
        false => Builder::new_current_thread(),
    };
    builder.enable_all().build()?.block_on(async {
        let signals = stop_signals()?;
        let (close, closing) = watch::channel(false);
        let mut cooks = JoinSet::new();
        (CASES[number].1)(&mut cooks, &closing);
        println!("open");
        serve(cooks, close, signals).await
    })
}

fn start(number: usize, multi: bool) -> io::Result<Child> {
    Command::new(env::current_exe()?)
        .args([number.to_string(), multi.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
}

/// What is wrong with the service, if anything is.
fn fault(number: usize, multi: bool) -> io::Result<Option<String>> {
    let (name, _, signals, status, home) = CASES[number];
    let mut child = start(number, multi)?;
    let stdout = child.stdout.take().expect("it is piped");
    let (mut stdout, mut said) = (BufReader::new(stdout), String::new());
    // It listens before it says so.
    stdout.read_line(&mut said)?;
    for signal in signals.split_whitespace() {
        let kill = format!("kill -{signal} {}", child.id());
        // The second one may come when nobody is left.
        Command::new("sh")
            .args(["-c", &kill])
            .stderr(Stdio::null())
            .status()?;
    }
    let begin = std::time::Instant::now();
    let ended = loop {
        match child.try_wait()? {
            Some(ended) => break ended,
            None if begin.elapsed() > Duration::from_secs(4) => {
                child.kill()?;
                return Ok(Some(format!("{name}: does not end")));
            }
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    stdout.read_to_string(&mut said)?;
    let gone = said.matches("goes home").count();
    Ok(match ended.code() {
        Some(code) if code == status && gone == home => None,
        Some(code) if code == status => {
            Some(format!("{name}: {gone} of {home} end their work"))
        }
        _ => Some(format!("{name}: {ended}, not status {status}")),
    })
}

fn main() -> io::Result<()> {
    let mut args = env::args().skip(1);
    if let (Some(number), Some(multi)) = (args.next(), args.next()) {
        let number: usize = number.parse().map_err(io::Error::other)?;
        return run(number, multi == "true");
    }
    let mut faults = Vec::new();
    let cases: Vec<_> = (0..CASES.len())
        .flat_map(|number| [false, true].map(|multi| (number, multi)))
        .map(|(number, multi)| thread::spawn(move || fault(number, multi)))
        .collect();
    for case in cases {
        faults.extend(case.join().expect("no panic")?);
    }
    if !faults.is_empty() {
        eprintln!("{}", faults.join("\n"));
        process::exit(1);
    }
    Ok(())
}
