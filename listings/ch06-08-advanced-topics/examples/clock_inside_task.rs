use std::pin::pin;
use std::task::{Context, Waker};
use std::time::Duration;
use tokio::time::{Instant, advance};

/// Moves the paused clock and keeps the thread, as a calculation does.
fn chop(ms: u64) {
    let busy = pin!(advance(Duration::from_millis(ms)));
    let _ = busy.poll(&mut Context::from_waker(Waker::noop()));
}

async fn cook(order: u32) {
    let start = Instant::now();
    chop(50);
    let took = start.elapsed().as_millis();
    println!("order {order} took {took} ms");
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), tokio::task::JoinError> {
    let orders: Vec<_> = (1..=5).map(|n| tokio::spawn(cook(n))).collect();
    for order in orders {
        order.await?;
    }
    Ok(())
}
