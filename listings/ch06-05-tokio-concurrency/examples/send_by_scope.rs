use std::sync::{Arc, Mutex};
use tokio::task::JoinError;

async fn fry() {}

async fn block(orders: Arc<Mutex<u32>>) {
    {
        let mut open = orders.lock().expect("no cook panics");
        *open += 1;
    }
    fry().await;
}

fn add(orders: &Mutex<u32>) {
    let mut open = orders.lock().expect("no cook panics");
    *open += 1;
}

async fn function(orders: Arc<Mutex<u32>>) {
    add(&orders);
    fry().await;
}

async fn untouched(orders: Arc<Mutex<u32>>) {
    let open = orders.lock().expect("no cook panics");
    drop(open);
    fry().await;
}

#[tokio::main]
async fn main() -> Result<(), JoinError> {
    let orders = Arc::new(Mutex::new(0));
    tokio::spawn(block(Arc::clone(&orders))).await?;
    tokio::spawn(function(Arc::clone(&orders))).await?;
    tokio::spawn(untouched(Arc::clone(&orders))).await?;
    println!("orders: {}", orders.lock().expect("no cook panics"));
    Ok(())
}
