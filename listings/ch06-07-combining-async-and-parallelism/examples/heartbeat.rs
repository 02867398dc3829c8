use rayon::prelude::*;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::time::sleep;

static BEATS: AtomicU32 = AtomicU32::new(0);

// CPU work in every build profile: spins until it has seen three beats, for at
// most as long as the limit says.
fn knead(loaf: u32, limit: Duration) -> u32 {
    let (start, before) = (Instant::now(), BEATS.load(Relaxed));
    while BEATS.load(Relaxed) < before + 3 && start.elapsed() < limit {
        std::hint::spin_loop();
    }
    loaf * 2
}

fn knead_all(limit: Duration) -> u32 {
    let loaves = (1..=4u32).into_par_iter();
    loaves.map(|loaf| knead(loaf, limit)).sum()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    tokio::spawn(async {
        loop {
            sleep(Duration::from_millis(5)).await;
            BEATS.fetch_add(1, Relaxed);
        }
    });
    while BEATS.load(Relaxed) == 0 {
        sleep(Duration::from_millis(1)).await;
    }

    let before = BEATS.load(Relaxed);
    let sum = knead_all(Duration::from_millis(50));
    let inline = BEATS.load(Relaxed) - before;
    println!("inline:      sum {sum}, beats meanwhile: {inline}");

    let before = BEATS.load(Relaxed);
    let (tx, rx) = oneshot::channel();
    rayon::spawn(move || {
        // Fails only when nobody waits for the answer any more.
        let _ = tx.send(knead_all(Duration::from_secs(10)));
    });
    let sum = rx.await?;
    let oneshot = BEATS.load(Relaxed) - before;
    if oneshot < 3 {
        return Err(format!("only {oneshot} beats").into());
    }
    println!("via oneshot: sum {sum}, beats meanwhile: 3 or more");
    Ok(())
}
