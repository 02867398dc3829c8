use std::error::Error;
use std::time::Duration;
use tokio::sync::{broadcast, mpsc, oneshot, watch};
use tokio::time::timeout;

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Box<dyn Error>> {
    // Many senders, one receiver: each message arrives once.
    let (orders, mut cook) = mpsc::channel(8);
    let phone = orders.clone();
    orders.send("eggs").await?;
    phone.send("toast").await?;
    drop(orders);
    let (first, second) = (cook.recv().await, cook.recv().await);
    println!("mpsc: {first:?}, {second:?}");
    let hour = Duration::from_secs(3600);
    let third = timeout(hour, cook.recv()).await;
    println!("mpsc, a sender left: {third:?}");
    drop(phone);
    println!("mpsc, no sender left: {:?}", cook.recv().await);

    // One message: usually the answer to a request.
    let (reply, answer) = oneshot::channel();
    reply.send("ready at eight").map_err(|_| "nobody waits")?;
    println!("oneshot: {:?}", answer.await);

    // Every receiver gets every message, if it keeps up.
    let (bell, mut slow) = broadcast::channel(2);
    let mut quick = bell.subscribe();
    for ring in 1..=5 {
        bell.send(ring)?;
        if ring == 1 {
            println!("broadcast, quick: {:?}", quick.recv().await);
        }
    }
    println!("broadcast, slow: {:?}", slow.recv().await);
    println!("broadcast, slow: {:?}", slow.recv().await);

    // The latest value; those between are skipped.
    let (dial, mut oven) = watch::channel(20);
    for degrees in [100, 150, 180] {
        dial.send(degrees)?;
    }
    oven.changed().await?;
    println!("watch: {}", *oven.borrow_and_update());
    Ok(())
}
