use std::io::{self, ErrorKind};
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt, DuplexStream, duplex};
use tokio::time::{Instant, sleep, timeout};
use tokio::{join, select};

async fn cook() -> &'static [u8] {
    sleep(Duration::from_secs(1)).await;
    b"eggs"
}

/// Cooks for a guest, as long as there is one.
async fn waiter(mut guest: DuplexStream) -> io::Result<&'static str> {
    let mut byte = [0];
    let dish = select! {
        dish = cook() => dish,
        count = guest.read(&mut byte) => return match count? {
            0 => Ok("has left"),
            _ => Err(io::Error::new(ErrorKind::InvalidData, "one at a time")),
        },
    };
    guest.write_all(dish).await?;
    Ok("served")
}

/// A guest with so much patience, and what he has in the end.
async fn guest(mut line: DuplexStream, patience: u64) -> io::Result<String> {
    let patience = Duration::from_millis(patience);
    let mut dish = String::new();
    timeout(patience, line.read_to_string(&mut dish)).await??;
    Ok(dish)
}

#[tokio::main(flavor = "current_thread", start_paused = true)]
async fn main() {
    for patience in [2000, 100] {
        let (start, (here, there)) = (Instant::now(), duplex(64));
        let work = async {
            let ended = waiter(there).await;
            println!("[{:>4} ms] {ended:?}", start.elapsed().as_millis());
        };
        let ((), dish) = join!(work, guest(here, patience));
        println!("he has {:?}", dish.ok());
    }
}
