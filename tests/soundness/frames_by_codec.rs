use std::pin::Pin;
use std::task::{Context, Poll};
use tokio::io::{AsyncRead, ReadBuf};
use tokio::runtime::Builder;

/// Bytes that come in pieces of this size.
struct Pieces(Vec<u8>, usize);

impl AsyncRead for Pieces {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let count = self.1.min(self.0.len()).min(buf.remaining());
        buf.put_slice(&self.0[..count]);
        self.0.drain(..count);
        Poll::Ready(Ok(()))
    }
}

async fn all(bytes: &[u8], piece: usize) -> io::Result<Vec<Vec<u8>>> {
    let pieces = Pieces(bytes.to_vec(), piece);
    let mut orders = FramedRead::new(pieces, codec());
    let mut dishes = Vec::new();
    while let Some(dish) = orders.next().await {
        dishes.push(dish?.to_vec());
    }
    Ok(dishes)
}

fn main() {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let orders = ["tea", "", "toast with butter", &"x".repeat(20)];
        let mut bytes = Vec::new();
        let mut guest = FramedWrite::new(&mut bytes, codec());
        for order in orders {
            guest.send(order.as_bytes()).await.expect("it is allowed");
        }
        let order = "x".repeat(21);
        let sent = guest.send(order.as_bytes()).await;
        assert!(sent.is_err(), "sends what is refused");
        let by_hand: Vec<u8> = orders
            .iter()
            .flat_map(|o| {
                [&(o.len() as u32).to_be_bytes(), o.as_bytes()].concat()
            })
            .collect();
        assert_eq!(bytes, by_hand, "the frames of `frames_by_hand`");
        for piece in 1..=bytes.len() {
            let dishes = all(&bytes, piece).await.expect("they are right");
            let same = dishes.iter().eq(orders.iter().map(|o| o.as_bytes()));
            assert!(same, "in pieces of {piece} it is another order");
        }
        let mut ends = vec![0];
        for order in orders {
            ends.push(ends[ends.len() - 1] + 4 + order.len());
        }
        for end in 0..bytes.len() {
            let read = all(&bytes[..end], 3).await;
            // Behind a length, the codec has nothing left and sees a good end.
            let good = ends.contains(&end)
                || ends.contains(&end.saturating_sub(4)) && end >= 4;
            assert_eq!(read.is_ok(), good, "cut off after {end} bytes");
        }
        let long = [&21_u32.to_be_bytes(), order.as_bytes()].concat();
        assert!(all(&long, 1).await.is_err(), "a byte too many");
    });
}
