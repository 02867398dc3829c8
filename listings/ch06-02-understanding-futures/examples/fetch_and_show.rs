use std::pin::pin;
use std::task::{Context, Waker};

use futures::channel::oneshot;

async fn fetch_from_memory() -> String {
    "eggs".to_owned()
}

async fn fetch_from_kitchen(reply: oneshot::Receiver<String>) -> String {
    reply
        .await
        .unwrap_or_else(|_| "the kitchen is closed".to_owned())
}

async fn show(menu: impl Future<Output = String>) {
    let menu = menu.await;
    println!("  on the menu: {menu}");
}

fn main() {
    let mut context = Context::from_waker(Waker::noop());

    println!("from memory");
    let mut shown = pin!(show(fetch_from_memory()));
    println!("  {:?}", shown.as_mut().poll(&mut context));

    println!("from the kitchen");
    let (kitchen, reply) = oneshot::channel();
    let mut shown = pin!(show(fetch_from_kitchen(reply)));
    println!("  {:?}", shown.as_mut().poll(&mut context));
    println!("  the kitchen answers");
    kitchen
        .send("toast".to_owned())
        .expect("`shown` holds the receiver");
    println!("  {:?}", shown.as_mut().poll(&mut context));
}
