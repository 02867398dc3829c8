use std::cell::RefCell;
use std::collections::BTreeMap;
use std::error::Error;
use std::rc::Rc;
use std::{io, thread};

use tokio::runtime::{Builder, LocalOptions};
use tokio::sync::{mpsc, oneshot};
use tokio_util::task::TaskTracker;

const STATIONS: usize = 2;

/// A dish, and where to say how often it has been ordered.
type Order = (usize, oneshot::Sender<u32>);

/// Serves its orders until there will be none, and tells how many there were.
async fn station(mut orders: mpsc::Receiver<Order>) -> u32 {
    // Of this thread alone: no lock, and no atomic count.
    let book = Rc::new(RefCell::new(BTreeMap::new()));
    let (tasks, mut served) = (TaskTracker::new(), 0);
    while let Some((dish, answer)) = orders.recv().await {
        let book = Rc::clone(&book);
        tasks.spawn_local(async move {
            // Borrowed between two `.await`s, never across one.
            let mut book = book.borrow_mut();
            let times = book.entry(dish).or_insert(0);
            *times += 1;
            // Who no longer waits for the answer has left the line.
            let _ = answer.send(*times);
        });
        served += 1;
    }
    // What is still at work here would be dropped with the runtime.
    tasks.close();
    tasks.wait().await;
    served
}

/// A thread with a runtime of its own, for tasks that never leave it.
fn cook(orders: mpsc::Receiver<Order>) -> io::Result<u32> {
    let runtime =
        Builder::new_current_thread().build_local(LocalOptions::default())?;
    Ok(runtime.block_on(station(orders)))
}

fn evening(dishes: [usize; 8]) -> Result<(), Box<dyn Error>> {
    thread::scope(|kitchen| {
        let (doors, cooks): (Vec<_>, Vec<_>) = (0..STATIONS)
            .map(|_| {
                let (door, orders) = mpsc::channel(4);
                (door, kitchen.spawn(|| cook(orders)))
            })
            .unzip();

        let mut answers = Vec::new();
        for dish in dishes {
            let (answer, told) = oneshot::channel();
            // The same dish always goes to the same station.
            doors[dish % STATIONS].blocking_send((dish, answer))?;
            answers.push(told);
        }
        drop(doors);

        for cook in cooks {
            print!("{}  ", cook.join().expect("no cook panics")?);
        }
        let last = answers.pop().ok_or("nothing was ordered")?;
        println!("the last of its dish: {}", last.blocking_recv()?);
        Ok(())
    })
}

fn main() -> Result<(), Box<dyn Error>> {
    evening([1, 2, 3, 4, 1, 2, 3, 4])?;
    evening([3; 8])
}
