use std::time::Duration;
use tokio::task::yield_now;
use tokio::time::{Instant, sleep};

const TIMER: Duration = Duration::from_millis(300);
const CHORES: Duration = Duration::from_millis(200);

async fn fry_eggs() {
    println!("  eggs into the pan");
}

async fn set_timer() {
    sleep(TIMER).await;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    println!("an async fn, called:");
    let eggs = fry_eggs();

    println!("an async fn, spawned and not awaited:");
    let task = tokio::spawn(fry_eggs());
    yield_now().await;
    println!("  finished: {}", task.is_finished());

    println!("the first future, awaited:");
    eggs.await;

    let start = Instant::now();
    let timer = sleep(TIMER);
    sleep(CHORES).await;
    timer.await;
    println!("sleep called before the chores: {:?}", start.elapsed());

    let start = Instant::now();
    let timer = set_timer();
    sleep(CHORES).await;
    timer.await;
    println!("async fn called before them:    {:?}", start.elapsed());
}
