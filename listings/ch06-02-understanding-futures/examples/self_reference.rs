use std::cell::Cell;
use std::pin::Pin;
use std::task::{Context, Waker};

use tokio::task::yield_now;

async fn fry(seen: &Cell<usize>) -> u8 {
    let pan = [7_u8; 64];
    let egg = &pan[10];
    seen.set((&raw const *egg).addr());
    yield_now().await;
    *egg
}

fn address<T>(future: &Pin<Box<T>>) -> usize {
    (&raw const **future).addr()
}

fn main() {
    let seen = Cell::new(0);
    let order = fry(&seen);
    let bytes = size_of_val(&order);
    let mut order = Box::pin(order);
    let mut context = Context::from_waker(Waker::noop());
    println!("{:?}", order.as_mut().poll(&mut context));

    let first_byte = address(&order);
    let offset = seen.get() - first_byte;
    println!("`egg` points to byte {offset} of {bytes} of its own future");

    let mut moved = [order];
    let same = address(&moved[0]) == first_byte;
    println!("the box moved, the future stayed: {same}");
    println!("{:?}", moved[0].as_mut().poll(&mut context));
}
