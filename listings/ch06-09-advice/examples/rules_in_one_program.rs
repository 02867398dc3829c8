use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tokio::sync::Semaphore;
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, sleep_until, timeout};

const MENU: [(&str, u64); 7] = [
    ("egg", 10),
    ("pizza", 15),
    ("stew", 3_600_000),
    ("cake", 20),
    ("toast", 20),
    ("tea", 3),
    ("roast", 90),
];

async fn cook(dish: &str, ms: u64) -> Result<u32, String> {
    sleep(Duration::from_millis(ms)).await;
    match dish {
        "pizza" => Err("pizza: sold out".to_owned()),
        "cake" => panic!("cake: the oven is on fire"),
        _ => Ok(4),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    let start = Instant::now();
    let closing_time = start + Duration::from_millis(100);
    let stoves = Arc::new(Semaphore::new(2));
    let mut orders = JoinSet::new();
    for (dish, ms) in MENU {
        let stoves = Arc::clone(&stoves);
        orders.spawn(async move {
            let _stove = stoves.acquire().await.expect("never closed");
            timeout(Duration::from_millis(50), cook(dish, ms))
                .await
                .map_err(|_| format!("{dish}: no answer in 50 ms"))?
        });
    }

    let mut bill = 0;
    let mut errors = Vec::new();
    loop {
        let ended = tokio::select! {
            biased;
            ended = orders.join_next() => ended,
            () = sleep_until(closing_time) => {
                let open = orders.len();
                errors.push(format!("closing time: {open} dish cancelled"));
                // Aborts what is left, and waits until it is gone.
                orders.shutdown().await;
                None
            }
        };
        match ended {
            Some(Ok(Ok(price))) => bill += price,
            Some(Ok(Err(error))) => errors.push(error),
            Some(Err(error)) => errors.push(error.to_string()),
            None => break,
        }
    }
    println!("after {:?}: {bill} euros", start.elapsed());
    for error in &errors {
        eprintln!("error: {error}");
    }
    if errors.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}
