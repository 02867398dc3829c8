use std::sync::Mutex;
use std::time::Duration;
use tokio::time::{Instant, sleep};

async fn hold(pan: &tokio::sync::Mutex<Vec<&str>>, dish: &'static str) {
    let mut pan = pan.lock().await;
    sleep(Duration::from_millis(10)).await;
    pan.push(dish);
}

async fn release(pan: &Mutex<Vec<&str>>, dish: &'static str) {
    sleep(Duration::from_millis(10)).await;
    // Only this statement holds the lock, and it cannot suspend.
    pan.lock().expect("no cook panics").push(dish);
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let pan = tokio::sync::Mutex::default();
    tokio::join!(hold(&pan, "eggs"), hold(&pan, "toast"));
    let dishes = pan.into_inner().len();
    let ms = start.elapsed().as_millis();
    println!("async lock, held across the await: {dishes} in {ms} ms");

    let start = Instant::now();
    let pan = Mutex::default();
    tokio::join!(release(&pan, "eggs"), release(&pan, "toast"));
    let dishes = pan.into_inner().expect("no cook panics").len();
    let ms = start.elapsed().as_millis();
    println!("std lock, held for one statement:  {dishes} in {ms} ms");
}
