use std::alloc::{GlobalAlloc, Layout, System};
use std::pin::Pin;
use std::sync::atomic::{AtomicUsize, Ordering::SeqCst};
use std::task::{Context, Poll};
use tokio::io::ReadBuf;
use tokio::runtime::Builder;

/// The largest piece of memory that was asked for.
static LARGEST: AtomicUsize = AtomicUsize::new(0);

struct Watched;

unsafe impl GlobalAlloc for Watched {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), SeqCst);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        LARGEST.fetch_max(layout.size(), SeqCst);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, place: *mut u8, layout: Layout) {
        unsafe { System.dealloc(place, layout) }
    }
}

#[global_allocator]
static WATCHED: Watched = Watched;

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

/// Takes everything, and counts how often it is given something.
#[derive(Default)]
struct Line(Vec<u8>, usize);

impl AsyncWrite for Line {
    fn poll_write(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.0.extend_from_slice(bytes);
        self.1 += 1;
        Poll::Ready(Ok(bytes.len()))
    }

    fn poll_flush(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(
        self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }
}

async fn all(bytes: &[u8], piece: usize) -> io::Result<Vec<Vec<u8>>> {
    let mut from = Pieces(bytes.to_vec(), piece);
    let mut dishes = Vec::new();
    while let Some(dish) = receive(&mut from).await? {
        dishes.push(dish);
    }
    Ok(dishes)
}

fn main() {
    let runtime = Builder::new_current_thread().build().expect("a runtime");
    runtime.block_on(async {
        let orders = ["tea", "", "toast with butter", &"x".repeat(LONGEST)];
        let mut line = Line::default();
        let mut ends = vec![0];
        for (order, number) in orders.iter().zip(1..) {
            send(&mut line, order).await.expect("room");
            assert_eq!(line.1, number, "writes, one for each order");
            ends.push(line.0.len());
        }
        let bytes = line.0;
        for piece in 1..=bytes.len() {
            let dishes = all(&bytes, piece).await.expect("they are right");
            let same = dishes.iter().eq(orders.iter().map(|o| o.as_bytes()));
            assert!(same, "in pieces of {piece} it is another order");
        }
        // The guest leaves after each byte: a half is never taken for a whole.
        for end in 0..bytes.len() {
            let whole = ends.contains(&end);
            let read = all(&bytes[..end], 3).await;
            assert_eq!(read.is_ok(), whole, "cut off after {end} bytes");
        }
        // What comes from outside does not say how much is allocated.
        let order = "x".repeat(LONGEST + 1);
        let mut long = (order.len() as u32).to_be_bytes().to_vec();
        long.extend(order.as_bytes());
        assert!(all(&long, 1).await.is_err(), "a byte too many");
        // Nobody sends what nobody takes.
        let mut line = Line::default();
        let sent = send(&mut line, &order).await;
        assert!(sent.is_err(), "sends what is refused");
        assert!(line.0.is_empty(), "a part of it is sent");
        LARGEST.store(0, SeqCst);
        for length in [u32::MAX, 1 << 31, 1 << 20] {
            let read = all(&length.to_be_bytes(), 1).await;
            assert!(read.is_err(), "{length} bytes");
        }
        let largest = LARGEST.load(SeqCst);
        assert!(largest < 1 << 16, "{largest} bytes are allocated");
    });
}
