use std::future::ready;
use std::pin::{Pin, pin};

use futures::executor::block_on;

async fn fry() -> &'static str {
    "eggs"
}

async fn make_toast() -> &'static str {
    "toast"
}

async fn cook() {
    let mut in_this_scope = pin!(fry());
    println!("pin!: {}", (&mut in_this_scope).await);

    let mut on_the_heap = Box::pin(fry());
    println!("Box::pin: {}", (&mut on_the_heap).await);

    let mut unpin = ready("water");
    println!("Unpin: {}", (&mut unpin).await);

    let orders: Vec<Pin<Box<dyn Future<Output = &str>>>> =
        vec![Box::pin(fry()), Box::pin(make_toast())];
    for order in orders {
        println!("from a Vec: {}", order.await);
    }
}

fn main() {
    block_on(cook());
}
