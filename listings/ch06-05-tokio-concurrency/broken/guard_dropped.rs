use std::sync::{Arc, Mutex};

async fn fry() {}

async fn cook(orders: Arc<Mutex<u32>>) {
    let mut open = orders.lock().expect("no cook panics");
    *open += 1;
    drop(open);
    fry().await;
}

#[tokio::main]
async fn main() {
    tokio::spawn(cook(Arc::default()));
}
