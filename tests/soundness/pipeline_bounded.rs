use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::task::{Context, Poll, Waker};
use tokio::io::ReadBuf;
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

/// Hands out one line at a time, and counts them.
struct Lines<I> {
    lines: I,
    taken: Arc<AtomicUsize>,
}

impl<I: Iterator<Item = String> + Unpin> AsyncRead for Lines<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
        buf: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        if let Some(line) = self.lines.next() {
            self.taken.fetch_add(1, Relaxed);
            buf.put_slice(line.as_bytes());
        }
        Poll::Ready(Ok(()))
    }
}

/// Takes so many lines, and then no more. Now and then it makes its writer wait,
/// and compares how many lines have been taken with those written.
struct Slow<'a> {
    taken: Arc<AtomicUsize>,
    most: usize,
    patience: usize,
    text: &'a mut Vec<u8>,
    lines: usize,
    rest: usize,
}

impl AsyncWrite for Slow<'_> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        part: &[u8],
    ) -> Poll<io::Result<usize>> {
        let open = self.taken.load(Relaxed) - self.lines;
        assert!(open <= self.most, "{open} orders under way");
        if self.lines == self.patience {
            return Poll::Pending;
        }
        self.rest = (self.rest + 1) % 100;
        if self.rest == 0 {
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        self.lines += part.iter().filter(|byte| **byte == b'\n').count();
        self.text.extend(part);
        Poll::Ready(Ok(part.len()))
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

fn runtimes() -> [Runtime; 2] {
    let current = Builder::new_current_thread().enable_time().build();
    let multi = Builder::new_multi_thread().enable_time().build();
    [current, multi].map(|runtime| runtime.expect("a runtime"))
}

/// What one run has taken, returned and written.
struct Ended {
    taken: usize,
    peak: Result<usize, Error>,
    text: String,
}

/// Runs the pipeline on these lines, with a consumer of this patience. If that
/// ends before the lines do, the pipeline is dropped when it stands still.
async fn pipe(
    lines: impl Iterator<Item = String> + Unpin,
    capacity: usize,
    patience: usize,
) -> Ended {
    let taken = Arc::new(AtomicUsize::new(0));
    let mut text = Vec::new();
    let input = Lines {
        lines,
        taken: Arc::clone(&taken),
    };
    let output = Slow {
        taken: Arc::clone(&taken),
        // The reader may hold one that it has not counted.
        most: 2 * capacity + HANDS + 1,
        patience,
        text: &mut text,
        lines: 0,
        rest: 0,
    };
    let peak = if patience == usize::MAX {
        run(input, output, capacity).await
    } else {
        let run = run(input, output, capacity);
        let stands_still = Duration::from_millis(200);
        let ended = tokio::time::timeout(stands_still, run).await;
        assert!(ended.is_err(), "nobody takes what is written");
        Ok(0)
    };
    Ended {
        taken: taken.load(Relaxed),
        peak,
        text: String::from_utf8(text).expect("numbers"),
    }
}

fn numbers(count: u64) -> impl Iterator<Item = String> + Unpin {
    (1..=count).map(|n| format!("{n}\n"))
}

/// All arrive, in order, and never more than the bound are under way.
async fn many_items(count: u64) {
    for (capacity, count) in [(1, 1000), (4, count / 10), (64, count)] {
        let ended = pipe(numbers(count), capacity, usize::MAX).await;
        let peak = ended.peak.expect("no error");
        assert!(peak <= 2 * capacity + HANDS, "{peak} orders under way");
        let written = ended.text.lines().map(|line| line.parse().ok());
        let squares = (1..=count).map(|n| Some(n * n));
        assert!(written.eq(squares), "not every square, in order");
    }
}

/// A consumer that stands still stops the reader, too.
async fn a_consumer_that_stops() {
    for capacity in [1, 4, 64] {
        let ended = pipe(numbers(1_000_000), capacity, 10).await;
        let most = 10 + 2 * capacity + HANDS + 1;
        let taken = ended.taken;
        assert!(taken <= most, "{taken} orders under way");
    }
}

/// Rubbish from outside is an error that says what it was.
async fn items_that_cannot_be() {
    for (bad, word) in [
        ("5000000000\n", "5000000000 is too large"),
        ("18446744073709551616\n", "too large"),
        ("-1\n", "invalid digit"),
        ("\n", "empty"),
        ("eggs\n", "invalid digit"),
        ("7", "no end of line"),
    ] {
        let after = if bad.ends_with('\n') { 1000 } else { 0 };
        let lines = numbers(1000).chain([bad.to_owned()]).chain(numbers(after));
        let error = pipe(lines, 4, usize::MAX).await.peak;
        let error = error.expect_err("an error, not a wrong square");
        let said = error.to_string();
        assert!(said.contains(word), "{bad:?}: {said}");
    }
    // The largest square that there is room for, and a line that never ends.
    let largest = ["4294967295\n".to_owned()];
    let ended = pipe(largest.into_iter(), 4, usize::MAX).await;
    assert_eq!(ended.text, "18446744065119617025\n");
    let endless = std::iter::repeat_with(|| "0".to_owned()).take(100_000);
    let ended = pipe(endless, 4, usize::MAX).await;
    assert!(ended.peak.is_err(), "a line without an end");
    assert!(ended.taken <= 100, "a line of {} bytes", ended.taken);
}

/// The other end closes: the pipeline ends with its error.
async fn a_consumer_that_leaves() {
    for _ in 0..200 {
        let (outlet, plates) = duplex(8);
        let input = Lines {
            lines: numbers(1_000_000),
            taken: Arc::default(),
        };
        let leave = async move {
            let mut lines = BufReader::new(plates).lines();
            for _ in 0..5 {
                assert!(lines.next_line().await.is_ok_and(|l| l.is_some()));
            }
        };
        let (ended, ()) = tokio::join!(run(input, outlet, 4), leave);
        assert!(ended.is_err(), "nobody takes what is written");
    }
}

/// What is left on rayon finds nobody, and says nothing.
async fn dropped_at_each_await() {
    let mut cx = Context::from_waker(Waker::noop());
    for polls in 0..60 {
        {
            let (input, output) = (duplex(16), duplex(4));
            let mut pipeline = pin!(run(input.0, output.0, 2));
            let mut customer = input.1;
            let mut plates = output.1;
            for n in 0..polls {
                let line = format!("{n}\n");
                assert!(pipeline.as_mut().poll(&mut cx).is_pending());
                // When the pipeline is full, neither gets on.
                let order = customer.write_all(line.as_bytes());
                drop(tokio::time::timeout(Duration::ZERO, order).await);
                assert!(pipeline.as_mut().poll(&mut cx).is_pending());
                let mut square = [0; 8];
                let eat = plates.read(&mut square);
                drop(tokio::time::timeout(Duration::ZERO, eat).await);
            }
        }
        yield_now().await;
    }
}

fn main() {
    // What is not optimised takes its time.
    let counts = if cfg!(debug_assertions) {
        [100_000, 10_000]
    } else {
        [300_000, 100_000]
    };
    for (runtime, count) in runtimes().into_iter().zip(counts) {
        runtime.block_on(async {
            many_items(count).await;
            a_consumer_that_stops().await;
            items_that_cannot_be().await;
            a_consumer_that_leaves().await;
            dropped_at_each_await().await;
        });
    }
}
