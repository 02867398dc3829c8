use std::future::{Ready, pending};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::task::{Context, Waker};
use tokio::runtime::{Builder, Runtime};
use tokio::task::yield_now;

/// An order that is somewhere: waiting, in a task, or in a set.
struct Order<'a>(&'a AtomicUsize, &'a AtomicUsize);

impl Order<'_> {
    fn taken<'a>(alive: &'a AtomicUsize, peak: &'a AtomicUsize) -> Order<'a> {
        peak.fetch_max(alive.fetch_add(1, Relaxed) + 1, Relaxed);
        Order(alive, peak)
    }
}

impl Drop for Order<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Relaxed);
    }
}

fn runtimes() -> [(&'static str, Runtime); 2] {
    let current = Builder::new_current_thread().enable_time().build();
    let multi = Builder::new_multi_thread().enable_time().build();
    [("current", current), ("multi", multi)]
        .map(|(flavor, runtime)| (flavor, runtime.expect("a runtime")))
}

/// The orders are small, but there are many: whatever is kept of each is seen.
fn many_orders(runtime: &Runtime, orders: usize) {
    static ALIVE: AtomicUsize = AtomicUsize::new(0);
    static PEAK: AtomicUsize = AtomicUsize::new(0);
    let all = (0..orders).map(|number| {
        let order = Order::taken(&ALIVE, &PEAK);
        async move {
            if number % 10 == 0 {
                yield_now().await;
            }
            drop(order);
        }
    });
    let (done, lost, peak) = runtime.block_on(run_all(all));
    assert_eq!((done, lost), (orders, 0));
    assert!(peak <= AT_ONCE, "{peak} tasks in the set");
    let taken = PEAK.load(Relaxed);
    assert!(taken <= AT_ONCE, "{taken} orders taken at once");
}

fn a_panic_in_each_task(runtime: &Runtime) {
    let orders = (0..1000).map(|_| async { panic!("burnt") });
    assert_eq!(runtime.block_on(run_all(orders)), (0, 1000, AT_ONCE));
    let mixed = (0..1000).map(|number| async move {
        yield_now().await;
        assert_ne!(number % 2, 0, "burnt");
    });
    let (done, lost, peak) = runtime.block_on(run_all(mixed));
    assert_eq!((done, lost), (500, 500), "a panic is lost");
    assert!(peak <= AT_ONCE, "{peak} tasks in the set");
    let none = std::iter::empty::<Ready<()>>();
    assert_eq!(runtime.block_on(run_all(none)), (0, 0, 0));
}

/// No task goes on when nobody waits for the whole.
fn dropped_at_each_await(runtime: &Runtime) {
    static ALIVE: AtomicUsize = AtomicUsize::new(0);
    static PEAK: AtomicUsize = AtomicUsize::new(0);
    runtime.block_on(async {
        for polls in 0..20 {
            {
                let orders = (0..100).map(|number| {
                    let order = Order::taken(&ALIVE, &PEAK);
                    async move {
                        yield_now().await;
                        if number == 15 {
                            pending::<()>().await;
                        }
                        drop(order);
                    }
                });
                let mut all = pin!(run_all(orders));
                let mut cx = Context::from_waker(Waker::noop());
                for _ in 0..polls {
                    assert!(all.as_mut().poll(&mut cx).is_pending());
                    yield_now().await;
                }
            }
            // An abort takes effect when its task is scheduled.
            while ALIVE.load(Relaxed) > 0 {
                yield_now().await;
            }
        }
    });
}

fn main() {
    // A thousand panics are expected, and say nothing.
    std::panic::set_hook(Box::new(|panic| {
        let text = panic.to_string();
        if !text.contains("burnt") {
            eprintln!("{text}");
        }
    }));
    for (flavor, runtime) in runtimes() {
        eprintln!("{flavor}");
        // What is not optimised takes its time.
        let debug = cfg!(debug_assertions) || flavor == "multi";
        many_orders(&runtime, if debug { 100_000 } else { 1_000_000 });
        a_panic_in_each_task(&runtime);
        dropped_at_each_await(&runtime);
    }
}
