use tokio::join;
use tokio::time::{Duration, Instant, sleep};

async fn boil_eggs() -> &'static str {
    sleep(Duration::from_millis(300)).await;
    "eggs"
}

async fn make_toast() -> &'static str {
    sleep(Duration::from_millis(200)).await;
    "toast"
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    let start = Instant::now();
    let eggs = boil_eggs().await;
    let toast = make_toast().await;
    println!("{eggs}, then {toast}: {:?}", start.elapsed());

    let start = Instant::now();
    let (eggs, toast) = join!(boil_eggs(), make_toast());
    println!("{eggs} and {toast}: {:?}", start.elapsed());
}
