use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt};
use tokio::io::{AsyncRead, AsyncWrite, BufReader, duplex};
use tokio::sync::{mpsc, oneshot};

type Error = Box<dyn std::error::Error + Send + Sync>;

/// In bytes, with the end of the line.
const LONGEST_LINE: u64 = 64;
/// Each of the three stages has one order in hand.
const HANDS: usize = 3;

/// An error, no panic: that would abort from a bare `rayon::spawn`.
fn square(line: &str) -> Result<u64, Error> {
    let n: u64 = line.trim_end().parse()?;
    n.checked_mul(n)
        .ok_or_else(|| format!("{n} is too large").into())
}

/// Reads lines, squares each on rayon, writes the squares in order.
/// Returns the peak of those read and not yet written.
async fn run(
    input: impl AsyncRead + Unpin,
    mut output: impl AsyncWrite + Unpin,
    capacity: usize,
) -> Result<usize, Error> {
    let (in_flight, peak) = (AtomicUsize::new(0), AtomicUsize::new(0));
    let (to_cook, mut cook) = mpsc::channel::<String>(capacity);
    let (to_waiter, mut waiter) = mpsc::channel(capacity);
    let mut input = BufReader::new(input);

    let read = async {
        loop {
            let (mut line, input) = (String::new(), &mut input);
            input.take(LONGEST_LINE).read_line(&mut line).await?;
            if line.is_empty() {
                drop(to_cook);
                return Ok(());
            }
            if !line.ends_with('\n') {
                return Err(format!("no end of line: {line:?}").into());
            }
            peak.fetch_max(in_flight.fetch_add(1, Relaxed) + 1, Relaxed);
            to_cook.send(line).await?;
        }
    };
    let crunch = async {
        while let Some(line) = cook.recv().await {
            let (tx, rx) = oneshot::channel();
            rayon::spawn(move || {
                // It fails when the pipeline has ended with an error.
                let _ = tx.send(square(&line));
            });
            // The receiver goes on in the order of arrival.
            to_waiter.send(rx).await?;
        }
        drop(to_waiter);
        Ok::<_, Error>(())
    };
    let write = async {
        while let Some(result) = waiter.recv().await {
            let square = format!("{}\n", result.await??);
            output.write_all(square.as_bytes()).await?;
            in_flight.fetch_sub(1, Relaxed);
        }
        Ok(output.shutdown().await?)
    };
    tokio::try_join!(read, crunch, write)?;
    Ok(peak.into_inner())
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() -> Result<(), Error> {
    for capacity in [4, 1_000] {
        let (mut customer, orders) = duplex(64);
        let (outlet, mut plates) = duplex(1);
        let order = async move {
            for n in 1..=100 {
                customer.write_all(format!("{n}\n").as_bytes()).await?;
            }
            Ok(())
        };
        let eat = async {
            // The clock is paused: it moves on when everybody is stuck.
            tokio::time::sleep(Duration::from_millis(1)).await;
            let mut text = String::new();
            plates.read_to_string(&mut text).await?;
            Ok(text)
        };
        let (peak, (), text) =
            tokio::try_join!(run(orders, outlet, capacity), order, eat)?;
        // What the two channels hold, and the hands.
        assert!(peak <= 2 * capacity + HANDS, "{peak} in flight");
        let squares = text.lines().map(str::parse);
        let squares: Vec<u64> = squares.collect::<Result<_, _>>()?;
        let (sum, sorted) = (squares.iter().sum::<u64>(), squares.is_sorted());
        println!(
            "capacity {capacity}: sum {sum}, in order: {sorted}, peak {peak}"
        );
    }
    Ok(())
}
