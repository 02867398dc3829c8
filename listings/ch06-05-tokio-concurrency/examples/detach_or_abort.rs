use std::time::Duration;
use tokio::task::JoinSet;
use tokio::time::sleep;

struct Dish {
    name: &'static str,
    done: bool,
}

impl Drop for Dish {
    fn drop(&mut self) {
        let fate = if self.done { "served" } else { "thrown away" };
        println!("  {}: {fate}", self.name);
    }
}

async fn cook(name: &'static str, ms: u64) {
    let mut dish = Dish { name, done: false };
    sleep(Duration::from_millis(ms)).await;
    dish.done = true;
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let toast = tokio::spawn(cook("toast", 100));
    let roast = tokio::spawn(cook("roast", 60_000));
    let mut set = JoinSet::new();
    set.spawn(cook("eggs", 100));
    sleep(Duration::from_millis(10)).await;

    println!("drop the handles of toast and roast");
    drop((toast, roast));
    println!("drop the set with the eggs");
    drop(set);
    sleep(Duration::from_millis(1000)).await;
    println!("main returns");
}
