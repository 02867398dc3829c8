use std::sync::mpsc::{TrySendError, channel, sync_channel};
use std::thread;

fn main() {
    let (cook, waiter) = sync_channel(2);
    for dish in ["soup", "toast", "eggs"] {
        match cook.try_send(dish) {
            Ok(()) => println!("{dish}: on the pass"),
            Err(TrySendError::Full(dish)) => println!("{dish}: no room"),
            Err(TrySendError::Disconnected(dish)) => {
                println!("{dish}: no waiter")
            }
        }
    }
    drop(waiter);
    println!("{:?}", cook.send("tea").map_err(|error| error.0));

    let (cook, waiter) = channel();
    let served = thread::scope(|kitchen| {
        for shift in 0..3 {
            let cook = cook.clone();
            kitchen.spawn(move || {
                for dish in 0..100 {
                    cook.send((shift, dish)).expect("the waiter stays");
                }
            });
        }
        drop(cook);
        waiter.iter().count()
    });
    println!("three cooks, {served} dishes");
}
