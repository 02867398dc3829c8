use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

const MANY: u32 = 200;
const WAIT: Duration = Duration::from_millis(50);

fn threads(count: u32, wait: Duration) -> Duration {
    let start = Instant::now();
    let waits: Vec<_> = (0..count)
        .map(|_| thread::spawn(move || thread::sleep(wait)))
        .collect();
    for wait in waits {
        wait.join().expect("a sleep does not panic");
    }
    start.elapsed()
}

async fn pause(wait: Duration) {
    // Even a sleep of no time at all would ask Tokio's timer.
    if !wait.is_zero() {
        tokio::time::sleep(wait).await;
    }
}

fn tasks(runtime: &Runtime, count: u32, wait: Duration) -> Duration {
    let start = Instant::now();
    runtime.block_on(async {
        let waits: Vec<_> =
            (0..count).map(|_| tokio::spawn(pause(wait))).collect();
        for wait in waits {
            wait.await.expect("a pause does not panic");
        }
    });
    start.elapsed()
}

// Whatever disturbs a run makes it longer, so the shortest of 5 counts.
fn start_and_finish_one(many: impl Fn(u32, Duration) -> Duration) -> Duration {
    let runs = (0..5).map(|_| many(50, Duration::ZERO));
    runs.min().unwrap_or_default() / 50
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    let tasks = |count, wait| tasks(&runtime, count, wait);
    for count in [3, MANY] {
        let (thread, task) = (threads(count, WAIT), tasks(count, WAIT));
        println!(
            "{count:4} waits: {thread:.1?} in threads, {task:.1?} in tasks"
        );
    }
    let thread = start_and_finish_one(threads);
    let task = start_and_finish_one(tasks);
    println!(
        "start and finish one: {thread:.1?} as a thread, {task:.1?} as a task"
    );
    if thread < 5 * task {
        return Err("a task is not five times cheaper".into());
    }
    println!("a task is at least five times cheaper");
    Ok(())
}
