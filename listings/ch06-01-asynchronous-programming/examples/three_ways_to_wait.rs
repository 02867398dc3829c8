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

async fn five_timers() {
    let mut timers = Vec::new();
    for ms in ORDERS {
        let wait = Duration::from_millis(ms);
        timers.push(tokio::time::sleep(wait));
    }
    join_all(timers).await;
}

// Whatever disturbs a run makes it longer, so the shortest of three counts.
fn report(name: &str, run: impl Fn()) -> Result<(), String> {
    let time = || {
        let start = Instant::now();
        run();
        start.elapsed().as_millis()
    };
    let fact = match time().min(time()).min(time()) {
        100..300 => "as long as the longest wait",
        300.. => "as long as all waits together",
        ms => return Err(format!("{name}: only {ms} ms")),
    };
    println!("{name:20} {fact}");
    Ok(())
}

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()?;
    report("one after the other", one_after_the_other)?;
    report("five threads", one_thread_each)?;
    report("five timers", || runtime.block_on(five_timers()))?;
    Ok(())
}
