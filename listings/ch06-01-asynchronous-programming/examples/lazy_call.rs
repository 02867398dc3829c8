use std::sync::mpsc::{self, Sender};
use std::thread;

use futures::executor::block_on;

async fn cook(dish: &'static str, bell: Sender<&'static str>) {
    bell.send(dish).expect("main keeps the receiver");
}

fn main() -> Result<(), mpsc::RecvError> {
    let (bell, served) = mpsc::channel();

    let eggs = cook("eggs", bell.clone());
    println!("called:  {:?}", served.try_recv());
    block_on(eggs);
    println!("polled:  {:?}", served.try_recv());

    drop(cook("soup", bell.clone()));
    println!("dropped: {:?}", served.try_recv());

    thread::spawn(move || bell.send("toast"));
    println!("thread:  {:?}", served.recv()?);
    Ok(())
}
