use std::time::Duration;
use tokio::sync::RwLock;
use tokio::time::{Instant, sleep};

fn log(start: Instant, text: &str) {
    println!("[{:>3} ms] {text}", start.elapsed().as_millis());
}

async fn read(start: Instant, name: &str, at: u64, menu: &RwLock<&str>) {
    sleep(Duration::from_millis(at)).await;
    let dish = menu.read().await;
    log(start, &format!("{name} reads: {dish}"));
    sleep(Duration::from_millis(100)).await;
}

async fn write(start: Instant, at: u64, menu: &RwLock<&str>) {
    sleep(Duration::from_millis(at)).await;
    *menu.write().await = "toast";
    log(start, "the cook writes: toast");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let menu = RwLock::new("eggs");
    tokio::join!(
        read(start, "Ann", 0, &menu),
        read(start, "Bob", 10, &menu),
        write(start, 20, &menu),
        read(start, "Cid", 30, &menu),
    );
}
