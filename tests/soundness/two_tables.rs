use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Waker};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::yield_now;

static EATING: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);
static SEEN: AtomicUsize = AtomicUsize::new(0);

fn runtimes() -> [(&'static str, Runtime); 2] {
    let current = Builder::new_current_thread().enable_time().build();
    let multi = Builder::new_multi_thread().enable_time().build();
    [("current", current), ("multi", multi)]
        .map(|(flavor, runtime)| (flavor, runtime.expect("a runtime")))
}

/// Leaves the table, however the meal ends.
struct Seat;

impl Seat {
    fn take() -> Self {
        PEAK.fetch_max(EATING.fetch_add(1, Relaxed) + 1, Relaxed);
        SEEN.fetch_add(1, Relaxed);
        Seat
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        EATING.fetch_sub(1, Relaxed);
    }
}

async fn meal(number: usize) {
    let _seat = Seat::take();
    if number % 7 == 0 {
        yield_now().await;
    }
    assert!(number % 10 != 9, "burnt");
}

async fn many_guests(guests: usize) {
    SEEN.store(0, Relaxed);
    let (street, door) = mpsc::channel(1);
    let street = tokio::spawn(async move {
        for number in 0..guests {
            street.send(meal(number)).await.expect("the house is open");
        }
    });
    let faults = open(door).await;
    street.await.expect("no panic in the street");
    assert_eq!(SEEN.load(Relaxed), guests, "guests who ate");
    assert_eq!(faults, guests / 10, "guests who panicked");
    let peak = PEAK.load(Relaxed);
    assert!(peak <= TABLES, "{peak} at {TABLES} tables");
}

/// Who closes the house in the middle leaves nobody at a table.
async fn dropped_at_each_await() {
    for polls in 0..20 {
        {
            let (street, door) = mpsc::channel(1);
            let mut house = pin!(open(door));
            let mut cx = Context::from_waker(Waker::noop());
            for _ in 0..polls {
                let _ = street.try_send(async {
                    let _seat = Seat::take();
                    std::future::pending().await
                });
                assert!(house.as_mut().poll(&mut cx).is_pending());
                yield_now().await;
            }
        }
        while Handle::current().metrics().num_alive_tasks() > 0 {
            yield_now().await;
        }
        assert_eq!(EATING.load(Relaxed), 0, "at a table");
    }
}

fn main() {
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        if !text.contains("burnt") {
            eprintln!("{text}");
        }
    }));
    for (flavor, runtime) in runtimes() {
        eprintln!("{flavor}");
        let debug = cfg!(debug_assertions) || flavor == "multi";
        runtime.block_on(async {
            many_guests(if debug { 20_000 } else { 300_000 }).await;
            dropped_at_each_await().await;
        });
    }
}
