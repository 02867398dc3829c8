use std::sync::{Arc, Mutex};

async fn fry() {}

async fn cook(orders: Arc<Mutex<Vec<u32>>>) {
    match orders.lock().expect("no cook panics").pop() {
        Some(_) => fry().await,
        None => println!("nothing to do"),
    }
}

#[tokio::main]
async fn main() {
    let cooking = tokio::spawn(cook(Arc::default()));
    println!("ends well: {}", cooking.await.is_ok());
}
