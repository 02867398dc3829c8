use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

use tokio::runtime::{Builder, Runtime};

const WAIT: Duration = Duration::from_millis(10);

fn threads(count: usize) {
    let waits: Vec<_> = (0..count)
        .map(|_| thread::spawn(|| thread::sleep(WAIT)))
        .collect();
    for wait in waits {
        wait.join().expect("a sleep does not panic");
    }
}

fn tasks(runtime: &Runtime, count: usize) {
    runtime.block_on(async {
        let waits: Vec<_> = (0..count)
            .map(|_| tokio::spawn(tokio::time::sleep(WAIT)))
            .collect();
        for wait in waits {
            wait.await.expect("a sleep does not panic");
        }
    });
}

/// The shortest of 3 runs, in ms: whatever disturbs a run makes it longer.
fn best(run: impl Fn()) -> f64 {
    let run = |_| {
        let start = Instant::now();
        run();
        start.elapsed().as_secs_f64() * 1e3
    };
    (0..3).map(run).fold(f64::INFINITY, f64::min)
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    println!("waits  threads (ms)  tasks (ms)");
    for count in [3, 200, 500, 1000] {
        let threads = best(|| threads(count));
        let tasks = best(|| tasks(&runtime, count));
        println!("{count:<5}  {threads:>12.1}  {tasks:>10.1}");
    }
    Ok(())
}
