#![deny(unused_must_use)]

use std::sync::{Mutex, mpsc};

async fn serve(table: u32) {
    println!("table {table}");
}

fn main() {
    let orders = Mutex::new(vec![7]);
    let _ = orders.lock();
    serve(7);
    let (tx, rx) = mpsc::channel();
    drop(rx);
    tx.send(7);
}
