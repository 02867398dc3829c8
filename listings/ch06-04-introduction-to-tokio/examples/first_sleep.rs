use std::time;

use tokio::time::{Duration, Instant, sleep};

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let on_the_wall = time::Instant::now();
    let in_the_kitchen = Instant::now();

    println!("toast in");
    sleep(Duration::from_secs(1)).await;
    println!("toast out");

    println!("kitchen clock: {} ms", in_the_kitchen.elapsed().as_millis());
    let quick = on_the_wall.elapsed() < Duration::from_millis(500);
    println!("less than half a second on the wall: {quick}");
}
