use std::future::pending;
use std::pin::Pin;

async fn kept() -> u8 {
    let pan = [1_u8; 1024];
    pending::<()>().await;
    pan[3]
}

async fn wrap<F: Future<Output = u8>>(order: F) -> u8 {
    order.await
}

fn main() {
    let plain = [
        size_of_val(&kept()),
        size_of_val(&wrap(kept())),
        size_of_val(&wrap(wrap(kept()))),
        size_of_val(&wrap(wrap(wrap(kept())))),
        size_of_val(&wrap(wrap(wrap(wrap(kept()))))),
    ];
    println!("wrappers  plain (B)  boxed (B)");
    let mut order: Pin<Box<dyn Future<Output = u8>>> = Box::pin(kept());
    // What all boxes hold together.
    let mut boxed = size_of_val(&*order);
    for (wrappers, plain) in plain.into_iter().enumerate() {
        println!("{wrappers:<8}  {plain:>9}  {boxed:>9}");
        order = Box::pin(wrap(order));
        boxed += size_of_val(&*order);
    }
}
