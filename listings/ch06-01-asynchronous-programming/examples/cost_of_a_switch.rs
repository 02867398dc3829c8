use std::hint::black_box;
use std::sync::mpsc;
use std::thread;
use std::time::Instant;

use tokio::runtime::Builder;
use tokio::sync::mpsc as async_mpsc;

const ROUNDS: u32 = 1_000;

#[inline(never)]
fn wipe(plate: u32) -> u32 {
    black_box(plate)
}

fn calls() {
    for plate in 0..2 * ROUNDS {
        wipe(plate);
    }
}

/// The cook hands a plate to the waiter, who hands it back.
async fn tasks() {
    let (serve, mut plates) = async_mpsc::channel(1);
    let (give_back, mut empty) = async_mpsc::channel(1);
    let waiter = tokio::spawn(async move {
        while let Some(plate) = plates.recv().await {
            give_back.send(plate).await.expect("the cook takes it");
        }
    });
    for plate in 0..ROUNDS {
        serve.send(plate).await.expect("the waiter takes it");
        empty.recv().await;
    }
    drop(serve);
    waiter.await.expect("the waiter does not panic");
}

fn threads() {
    let (serve, plates) = mpsc::sync_channel(1);
    let (give_back, empty) = mpsc::sync_channel(1);
    let waiter = thread::spawn(move || {
        for plate in plates {
            give_back.send(plate).expect("the cook takes it");
        }
    });
    for plate in 0..ROUNDS {
        serve.send(plate).expect("the waiter takes it");
        empty.recv().expect("the waiter gives it back");
    }
    drop(serve);
    waiter.join().expect("the waiter does not panic");
}

// Whatever disturbs a run makes it longer, so the shortest of 20 counts.
fn nanoseconds_each(mut run: impl FnMut()) -> f64 {
    let time = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64()
    };
    let shortest = (0..20).map(time).fold(f64::INFINITY, f64::min);
    shortest * 1e9 / f64::from(2 * ROUNDS)
}

fn main() -> std::io::Result<()> {
    let runtime = Builder::new_current_thread().build()?;
    println!("handed over by  time (ns)");
    println!("a call          {:>9.1}", nanoseconds_each(calls));
    let tasks = nanoseconds_each(|| runtime.block_on(tasks()));
    println!("a task          {tasks:>9.1}");
    println!("a thread        {:>9.1}", nanoseconds_each(threads));
    Ok(())
}
