use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, duplex};
use tokio::sync::{mpsc, oneshot};
use tokio::time::sleep;

type Error = Box<dyn std::error::Error + Send + Sync>;

fn square(order: &str) -> Result<u64, Error> {
    let n: u64 = order.parse()?;
    n.checked_mul(n)
        .ok_or_else(|| format!("order {n} is too large").into())
}

/// Reads 100 orders, crunches each on rayon, writes each result in order.
/// Returns the peak of those read and not yet written, and what was written.
async fn run(capacity: usize) -> Result<(usize, String), Error> {
    let (in_flight, peak) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (mut customer, orders) = duplex(64);
    let (mut outlet, plates) = duplex(1);
    let (to_cook, mut cook) = mpsc::channel::<String>(capacity);
    let (to_waiter, mut waiter) = mpsc::channel(capacity);

    let order = async move {
        for n in 1..=100 {
            customer.write_all(format!("{n}\n").as_bytes()).await?;
        }
        Ok::<_, Error>(())
    };
    let read = async {
        let mut lines = BufReader::new(orders).lines();
        while let Some(line) = lines.next_line().await? {
            peak.fetch_max(in_flight.fetch_add(1, Relaxed) + 1, Relaxed);
            to_cook.send(line).await?;
        }
        drop(to_cook);
        Ok::<_, Error>(())
    };
    let crunch = async move {
        while let Some(line) = cook.recv().await {
            let (tx, rx) = oneshot::channel();
            rayon::spawn(move || {
                let _ = tx.send(square(&line));
            });
            // The receiver goes on in the order of arrival, the work need not.
            to_waiter.send(rx).await?;
        }
        drop(to_waiter);
        Ok::<_, Error>(())
    };
    let write = async {
        // The clock is paused: it moves on when everybody else is stuck.
        sleep(Duration::from_millis(1)).await;
        while let Some(result) = waiter.recv().await {
            let square: u64 = result.await??;
            outlet.write_all(format!("{square}\n").as_bytes()).await?;
            in_flight.fetch_sub(1, Relaxed);
        }
        drop(outlet);
        Ok::<_, Error>(())
    };
    let eat = async {
        let mut lines = BufReader::new(plates).lines();
        let (mut sum, mut sorted, mut last) = (0, true, 0);
        while let Some(line) = lines.next_line().await? {
            let square: u64 = line.parse()?;
            sorted &= last < square;
            (sum, last) = (sum + square, square);
        }
        Ok(format!("sum {sum}, in order: {sorted}"))
    };
    let ((), (), (), (), eaten) =
        tokio::try_join!(order, read, crunch, write, eat)?;
    Ok((peak.into_inner(), eaten))
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Error> {
    for capacity in [4, 1_000] {
        let (peak, eaten) = run(capacity).await?;
        // One in each of three hands, and what the two channels hold.
        if peak > 3 + 2 * capacity {
            return Err(format!("{peak} in flight").into());
        }
        println!("capacity {capacity}: {eaten}, peak in flight {peak}");
    }
    Ok(())
}
