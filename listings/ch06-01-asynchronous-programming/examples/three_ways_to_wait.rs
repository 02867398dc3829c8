use std::error::Error;
use std::thread;
use std::time::{Duration, Instant};

use futures::future::join_all;

const ORDERS: [u64; 5] = [20, 40, 60, 80, 100];

fn one_after_the_other() {
    for ms in ORDERS {
        thread::sleep(Duration::from_millis(ms));
    }
}

fn one_thread_each() {
    let mut cooks = Vec::new();
    for ms in ORDERS {
        let wait = Duration::from_millis(ms);
        cooks.push(thread::spawn(move || thread::sleep(wait)));
    }
    for cook in cooks {
        cook.join().expect("a cook who only sleeps does not panic");
    }
}

async fn one_task() {
    let mut timers = Vec::new();
    for ms in ORDERS {
        let wait = Duration::from_millis(ms);
        timers.push(tokio::time::sleep(wait));
    }
    join_all(timers).await;
}

fn report(name: &str, start: Instant) -> Result<(), String> {
    let ms = start.elapsed().as_millis();
    let fact = match ms {
        100..200 => "as long as the longest wait",
        300.. => "as long as all waits together",
        _ => return Err(format!("{name}: {ms} ms fit neither bound")),
    };
    println!("{name:20} {fact}");
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let start = Instant::now();
    one_after_the_other();
    report("one after the other", start)?;

    let start = Instant::now();
    one_thread_each();
    report("five threads", start)?;

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    let start = Instant::now();
    runtime.block_on(one_task());
    report("one task", start)?;
    Ok(())
}
