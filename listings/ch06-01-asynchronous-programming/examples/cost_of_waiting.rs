use std::error::Error;
use std::fs;
use std::sync::{Arc, Barrier};
use std::thread;
use std::time::Duration;

use tokio::runtime::Builder;

const COUNT: u64 = 1000;

/// What this process holds in memory, where the system has Linux's /proc.
fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
    let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
    Some(kib * 1024)
}

fn growth(before: Option<u64>) -> Option<u64> {
    Some(resident_bytes()?.saturating_sub(before?) / COUNT)
}

fn tasks() -> Result<Option<u64>, Box<dyn Error>> {
    let runtime = Builder::new_current_thread().enable_time().build()?;
    let before = resident_bytes();
    runtime.block_on(async {
        for _ in 0..COUNT {
            tokio::spawn(tokio::time::sleep(Duration::from_secs(3600)));
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    });
    Ok(growth(before))
}

fn threads() -> Option<u64> {
    let before = resident_bytes();
    let all_wait = Arc::new(Barrier::new(COUNT as usize + 1));
    let may_end = Arc::new(Barrier::new(COUNT as usize + 1));
    for _ in 0..COUNT {
        let (all_wait, may_end) = (all_wait.clone(), may_end.clone());
        thread::spawn(move || {
            all_wait.wait();
            may_end.wait();
        });
    }
    all_wait.wait();
    let held = growth(before);
    may_end.wait();
    held
}

fn main() -> Result<(), Box<dyn Error>> {
    let (Some(task), Some(thread)) = (tasks()?, threads()) else {
        println!("a waiting task:   unknown bytes");
        println!("a waiting thread: unknown bytes");
        return Ok(());
    };
    println!("a waiting task:   {task} bytes");
    println!("a waiting thread: {thread} bytes");
    if thread < 5 * task {
        return Err("a thread does not hold five times as much".into());
    }
    Ok(())
}
