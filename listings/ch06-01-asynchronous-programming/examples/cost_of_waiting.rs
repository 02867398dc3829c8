use std::error::Error;
use std::sync::{RwLock, mpsc};
use std::time::Instant;
use std::{fs, io, thread};

use futures::FutureExt;
use futures::channel::oneshot;
use tokio::runtime::Builder;

/// What this process holds in memory, where the system has Linux's /proc.
fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

fn threads(count: usize) -> io::Result<Option<u64>> {
    let (arrive, arrivals) = mpsc::channel();
    let gate = RwLock::new(());
    thread::scope(|scope| {
        // Dropped on every way out, so that nobody waits for ever when the
        // system refuses a thread.
        let _closed = gate.write();
        for _ in 0..count {
            let (arrive, gate) = (arrive.clone(), &gate);
            let wait = move || {
                arrive.send(()).ok();
                drop(gate.read());
            };
            thread::Builder::new().spawn_scoped(scope, wait)?;
        }
        arrivals.iter().take(count).for_each(drop);
        Ok(resident_bytes())
    })
}

async fn tasks(count: usize) -> Option<u64> {
    let (open, gate) = oneshot::channel::<()>();
    let gate = gate.shared();
    let all: Vec<_> = (0..count).map(|_| tokio::spawn(gate.clone())).collect();
    // The runtime polls in order: after the last task, all others wait.
    tokio::spawn(async {}).await.ok()?;
    let held = resident_bytes();
    drop(open);
    for task in all {
        task.await.expect("a gate does not panic").ok();
    }
    held
}

// Of 5 runs, the most memory and the least time: a run may use again what the
// one before has left, and whatever disturbs it makes it longer.
fn cost_of_one(
    count: usize,
    run: impl Fn(usize) -> io::Result<Option<u64>>,
) -> io::Result<(Option<u64>, f64)> {
    let before = resident_bytes();
    let (mut held, mut shortest) = (None, f64::INFINITY);
    for _ in 0..5 {
        let start = Instant::now();
        held = held.max(run(count)?);
        shortest = shortest.min(start.elapsed().as_secs_f64());
    }
    let growth = held.zip(before).map(|(held, old)| held.saturating_sub(old));
    let micros = shortest * 1e6 / count as f64;
    Ok((growth.map(|bytes| bytes / count as u64), micros))
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = Builder::new_current_thread().build()?;
    let task = cost_of_one(1000, |count| Ok(runtime.block_on(tasks(count))))?;
    let thread = cost_of_one(100, threads)?;
    println!("one     memory (B)  time (µs)");
    for (name, (bytes, micros)) in [("task", task), ("thread", thread)] {
        let bytes = bytes.map_or("unknown".into(), |b| b.to_string());
        println!("{name:<6}  {bytes:>10}  {micros:>9.2}");
    }
    // Not so the time: who shares the machine decides that, too.
    if task.0.zip(thread.0).is_some_and(|(a, b)| 5 * a >= b) {
        return Err("a task does not take five times less memory".into());
    }
    Ok(())
}
