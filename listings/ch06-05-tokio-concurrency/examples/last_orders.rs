use std::process::Command;
use std::{io, time::Duration};
use tokio::signal::unix::{SignalKind, signal};
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

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> io::Result<()> {
    let start = Instant::now();
    // Listened for before any work begins.
    let mut int = signal(SignalKind::interrupt())?;
    let mut term = signal(SignalKind::terminate())?;
    let ((close, closing), mut cooks) = (watch::channel(false), JoinSet::new());
    cooks.spawn(cook(100, closing.clone()));
    cooks.spawn(cook(120, closing));

    let boss = tokio::spawn(send_sigterm(250));
    select! {
        _ = int.recv() => log(start, "SIGINT, last orders"),
        _ = term.recv() => log(start, "SIGTERM, last orders"),
    }
    boss.await??;
    close.send_replace(true);

    let mut first = None;
    while let Some(ended) = cooks.join_next().await {
        match ended {
            Ok(dishes) => log(start, &format!("goes home, dishes: {dishes}")),
            Err(error) => first = first.or(Some(error)),
        }
    }
    first.map_or(Ok(()), |error| Err(error.into()))
}
