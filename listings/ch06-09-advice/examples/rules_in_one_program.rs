use std::collections::HashMap;
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
        "pizza" => Err(format!("{dish}: sold out")),
        "cake" => panic!("the oven is on fire"),
        _ => Ok(4),
    }
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> ExitCode {
    let start = Instant::now();
    let closing_time = start + Duration::from_millis(100);
    let stoves = Arc::new(Semaphore::new(2));
    let (mut orders, mut names) = (JoinSet::new(), HashMap::new());
    for (dish, ms) in MENU {
        let stoves = Arc::clone(&stoves);
        let order = orders.spawn(async move {
            let _stove = stoves.acquire().await.expect("never closed");
            timeout(Duration::from_millis(50), cook(dish, ms))
                .await
                .map_err(|_| format!("{dish}: no answer in 50 ms"))?
        });
        names.insert(order.id(), dish);
    }

    let (mut bill, mut errors, mut open) = (0, Vec::new(), true);
    loop {
        let ended = tokio::select! {
            biased;
            ended = orders.join_next_with_id() => ended,
            () = sleep_until(closing_time), if open => {
                open = false;
                // Who is in a last poll ends it: go on collecting.
                orders.abort_all();
                continue;
            }
        };
        match ended {
            Some(Ok((_, Ok(price)))) => bill += price,
            Some(Ok((_, Err(error)))) => errors.push(error),
            Some(Err(error)) => {
                errors.push(format!("{}: {error}", names[&error.id()]));
            }
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
