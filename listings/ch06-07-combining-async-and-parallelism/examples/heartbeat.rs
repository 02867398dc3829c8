use rayon::prelude::*;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
use std::time::{Duration, Instant};
use tokio::sync::oneshot;
use tokio::time::sleep;

// Spins for 50 ms, so that it is CPU work in every build profile.
fn knead(loaf: u32) -> u32 {
    let start = Instant::now();
    while start.elapsed() < Duration::from_millis(50) {
        std::hint::spin_loop();
    }
    loaf * 2
}

fn knead_all() -> u32 {
    (1..=4u32).into_par_iter().map(knead).sum()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let beats = Arc::new(AtomicU32::new(0));
    let heart = Arc::clone(&beats);
    tokio::spawn(async move {
        loop {
            sleep(Duration::from_millis(5)).await;
            heart.fetch_add(1, Relaxed);
        }
    });
    while beats.load(Relaxed) == 0 {
        sleep(Duration::from_millis(1)).await;
    }

    let before = beats.load(Relaxed);
    let sum = knead_all();
    let inline = beats.load(Relaxed) - before;
    println!("inline:      sum {sum}, beats meanwhile: {inline}");

    let before = beats.load(Relaxed);
    let (tx, rx) = oneshot::channel();
    rayon::spawn(move || {
        // Fails only when nobody waits for the answer any more.
        let _ = tx.send(knead_all());
    });
    let sum = rx.await?;
    let oneshot = beats.load(Relaxed) - before;
    if oneshot < 3 {
        return Err(format!("only {oneshot} beats").into());
    }
    println!("via oneshot: sum {sum}, beats meanwhile: 3 or more");
    Ok(())
}
