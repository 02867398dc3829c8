use tokio::time::{Duration, sleep};

async fn cook(dish: &str) {
    sleep(Duration::from_secs(1)).await;
    print!(" {dish}");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    print!("join!:         ");
    tokio::join!(cook("toast"), cook("eggs"), cook("tea"));
    println!();

    print!("join!(biased;):");
    tokio::join!(biased; cook("toast"), cook("eggs"), cook("tea"));
    println!();
}
