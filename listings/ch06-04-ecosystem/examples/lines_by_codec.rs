use futures::StreamExt;
use std::io;
use tokio::io::{AsyncWriteExt, duplex};
use tokio_util::codec::{FramedRead, LinesCodec};

const LONGEST_LINE: usize = 8;

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let (mut guest, waiter) = duplex(64);
    guest.write_all(b"eggs\nsoup and toast\ntea\n").await?;
    drop(guest);
    let codec = LinesCodec::new_with_max_length(LONGEST_LINE);
    let mut orders = FramedRead::new(waiter, codec);
    while let Some(order) = orders.next().await {
        println!("{order:?}");
    }
    println!("hangs up");
    Ok(())
}
