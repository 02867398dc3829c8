// ANCHOR: shown
use std::process::Command;
use std::{io, time::Duration};
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::time::{Instant, sleep};
use tokio::{select, sync::watch, task::JoinSet, task::spawn_blocking};

fn log(start: Instant, text: &str) {
    println!("[{:>3} ms] {text}", start.elapsed().as_millis());
}

async fn cook(ms: u64, mut closing: watch::Receiver<bool>) -> u32 {
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
    dishes
}

/// Ctrl-C sends SIGINT, a service manager SIGTERM.
fn stop_signals() -> io::Result<[Signal; 2]> {
    let kinds = [SignalKind::interrupt(), SignalKind::terminate()];
    let [int, term] = kinds.map(signal);
    Ok([int?, term?])
}

/// Closes the kitchen at a signal, and returns when all cooks have gone.
async fn serve(
    mut cooks: JoinSet<u32>,
    close: watch::Sender<bool>,
    [mut int, mut term]: [Signal; 2],
) -> io::Result<()> {
    let (start, mut first) = (Instant::now(), None);
    loop {
        select! {
            _ = int.recv() => log(start, "SIGINT, last orders"),
            _ = term.recv() => log(start, "SIGTERM, last orders"),
            ended = cooks.join_next() => {
                match ended {
                    Some(Ok(dishes)) => {
                        log(start, &format!("goes home, dishes: {dishes}"));
                    }
                    Some(Err(error)) => first = first.or(Some(error)),
                    None => return first.map_or(Ok(()), |e| Err(e.into())),
                }
                continue;
            }
        }
        close.send_replace(true);
    }
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
    // Listened for before any work begins.
    let signals = stop_signals()?;
    let ((close, closing), mut cooks) = (watch::channel(false), JoinSet::new());
    cooks.spawn(cook(100, closing.clone()));
    cooks.spawn(cook(120, closing));
    let boss = tokio::spawn(send_sigterm(250));
    let served = serve(cooks, close, signals).await;
    boss.await??;
    served
}
// ANCHOR_END: shown
