use std::io;

use futures::{SinkExt, StreamExt};
use tokio::io::{AsyncWriteExt, duplex};
use tokio_util::codec::{FramedRead, FramedWrite, LengthDelimitedCodec};

fn codec() -> LengthDelimitedCodec {
    LengthDelimitedCodec::builder()
        .length_field_type::<u32>()
        .max_frame_length(20)
        .new_codec()
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    let (guest, waiter) = duplex(7);
    let talk = async {
        let mut guest = FramedWrite::new(guest, codec());
        for dish in ["tea", "", "toast with butter"] {
            guest.send(dish.as_bytes()).await?;
        }
        // A length of four gigabytes, and nothing behind it.
        guest.get_mut().write_all(&[0xff; 4]).await
    };
    let listen = async {
        let mut orders = FramedRead::new(waiter, codec());
        while let Some(order) = orders.next().await {
            match order {
                Ok(dish) => println!("{:?}", str::from_utf8(&dish)),
                Err(error) => println!("refused: {error}"),
            }
        }
    };
    let (talked, ()) = tokio::join!(talk, listen);
    talked
}
