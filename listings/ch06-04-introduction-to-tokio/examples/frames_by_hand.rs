use std::io::{self, ErrorKind};

use tokio::io::{AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, duplex};

const LONGEST: usize = 20;

/// A length that is allowed, for those who send and those who receive.
fn checked(length: usize) -> io::Result<usize> {
    if length > LONGEST {
        let text = format!("an order of {length} bytes");
        return Err(io::Error::new(ErrorKind::InvalidData, text));
    }
    Ok(length)
}

/// Four bytes say how long the order is that follows.
async fn send(
    to: &mut (impl AsyncWrite + Unpin),
    dish: &str,
) -> io::Result<()> {
    let length = u32::try_from(checked(dish.len())?);
    let length = length.map_err(io::Error::other)?;
    // In one piece: the second of two small writes would have to wait until
    // the other side has confirmed the first.
    let frame = [&length.to_be_bytes(), dish.as_bytes()].concat();
    to.write_all(&frame).await
}

/// The next order, or `None` when the guest has said all.
async fn receive(
    from: &mut (impl AsyncRead + Unpin),
) -> io::Result<Option<Vec<u8>>> {
    let mut length = [0; 4];
    // An end is good before the first byte of an order, and nowhere else.
    if from.read(&mut length[..1]).await? == 0 {
        return Ok(None);
    }
    from.read_exact(&mut length[1..]).await?;
    // Before a byte is allocated: this number comes from outside.
    let length = checked(u32::from_be_bytes(length) as usize)?;
    let mut dish = vec![0; length];
    from.read_exact(&mut dish).await?;
    Ok(Some(dish))
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> io::Result<()> {
    // A pipe for seven bytes: no order arrives in one piece.
    let (mut guest, mut waiter) = duplex(7);
    let talk = async {
        for dish in ["tea", "", "toast with butter"] {
            send(&mut guest, dish).await?;
        }
        guest.write_all(&[0xff; 4]).await
    };
    // `move`: when this block ends, the guest is hung up on.
    let listen = async move {
        loop {
            match receive(&mut waiter).await {
                Ok(Some(dish)) => println!("{:?}", str::from_utf8(&dish)),
                Ok(None) => break println!("that is all"),
                Err(error) => break println!("refused: {error}"),
            }
        }
    };
    let (talked, ()) = tokio::join!(talk, listen);
    talked
}
