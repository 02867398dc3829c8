use std::process::{self, Command};
use std::{io, sync::LazyLock, time::Duration};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{Instant, sleep, timeout};
use tokio::{select, sync::watch, task::JoinSet, task::spawn_blocking};

// ANCHOR: shown
/// For the work that is begun, and then for what is aborted.
const GRACE: [Duration; 2] =
    [Duration::from_secs(1), Duration::from_millis(100)];
// ANCHOR_END: shown
static START: LazyLock<Instant> = LazyLock::new(Instant::now);

fn log(text: &str) {
    println!("[{:>4} ms] {text}", START.elapsed().as_millis());
}

/// Ctrl-C sends SIGINT, a service manager SIGTERM.
fn stop_signals() -> io::Result<[Signal; 2]> {
    let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
    let [int, term] = kinds.map(signal);
    Ok([int?, term?])
}

async fn stop([int, term]: &mut [Signal; 2]) {
    select! { _ = int.recv() => {}, _ = term.recv() => {} }
}

type News = watch::Receiver<bool>;

async fn cook(name: &str, ms: u64, mut closing: News) -> io::Result<()> {
    let mut dishes = 0;
    while !*closing.borrow_and_update() {
        // The dish is not in the select!: it is never left half done.
        sleep(Duration::from_millis(ms)).await;
        dishes += 1;
        select! {
            _ = closing.changed() => break,
            () = sleep(Duration::from_millis(20)) => {} // the next order
        }
    }
    log(&format!("{name} goes home after {dishes} dishes"));
    Ok(())
}

// ANCHOR: shown
/// Takes each result until no task is left, and counts the faults.
async fn collect(tasks: &mut JoinSet<io::Result<()>>, faults: &mut usize) {
    while let Some(ended) = tasks.join_next().await {
        if let Err(error) = ended.map_err(io::Error::from).flatten() {
            eprintln!("error: {error}");
            *faults += 1;
        }
    }
}

/// Lets the tasks work until a signal, then end. Returns the exit status.
async fn run(
    mut tasks: JoinSet<io::Result<()>>,
    close: watch::Sender<bool>,
    mut signals: [Signal; 2],
) -> i32 {
    let mut faults = 0;
    select! {
        () = collect(&mut tasks, &mut faults) => log("nobody is left"),
        () = stop(&mut signals) => log("last orders"),
    }
    close.send_replace(true);
    let all_home = async {
        for time in GRACE {
            let ended = collect(&mut tasks, &mut faults);
            if timeout(time, ended).await.is_ok() {
                break;
            }
            log(&format!("{} still at work, lights off", tasks.len()));
            tasks.abort_all();
        }
    };
    select! {
        () = all_home => log("closed"),
        () = stop(&mut signals) => log("a second signal"),
    }
    i32::from(faults + tasks.len() > 0)
}

// ANCHOR_END: shown
/// In the place of a service manager.
async fn send_sigterm(ms: u64) -> io::Result<()> {
    sleep(Duration::from_millis(ms)).await;
    // While the blocking pool is at work, a paused clock stands still.
    let sent = spawn_blocking(|| {
        Command::new("sh").args(["-c", "kill -TERM $PPID"]).status()
    });
    match sent.await?? {
        status if status.success() => Ok(()),
        status => Err(io::Error::other(format!("kill: {status}"))),
    }
}

// ANCHOR: shown
#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let signals = stop_signals()?;
    log("open");
    let ((close, closing), mut tasks) = (watch::channel(false), JoinSet::new());
    tasks.spawn(send_sigterm(250));
    for (name, ms) in [("Ann", 100), ("Bob", 170), ("Cid", 60_000)] {
        tasks.spawn(cook(name, ms, closing.clone()));
    }
    let status = run(tasks, close, signals).await;
    // A return would wait for the blocking pool, however long.
    process::exit(status)
}
// ANCHOR_END: shown
