use std::future::pending;
use std::pin::pin;
use std::task::{Context, Waker};
use tokio::runtime::{Builder, Runtime, RuntimeFlavor};
use tokio::task::yield_now;

type Orders = JoinSet<Result<u64, String>>;

fn runtimes() -> [(&'static str, Runtime); 2] {
    let current = Builder::new_current_thread().build();
    let multi = Builder::new_multi_thread().build();
    [("current", current), ("multi", multi)]
        .map(|(flavor, runtime)| (flavor, runtime.expect("a runtime")))
}

fn alive() -> usize {
    Handle::current().metrics().num_alive_tasks()
}

/// On one thread at once; a worker counts a task out after its handle is ready.
async fn nobody_is_left() {
    let current = RuntimeFlavor::CurrentThread;
    let on_workers = Handle::current().runtime_flavor() != current;
    let turns = if on_workers { 10_000_000 } else { 0 };
    for _ in 0..turns {
        if alive() == 0 {
            return;
        }
        yield_now().await;
    }
    assert_eq!(alive(), 0, "tasks left");
}

async fn all_is_well(orders: usize) {
    let mut set: Orders =
        (0..orders as u64).map(|n| async move { Ok(n) }).collect();
    let ended = all_or_first_error(&mut set).await;
    assert_eq!(ended, (orders, 0, None));
    assert_eq!(alive(), 0, "tasks left");
}

/// The rest never ends by itself.
async fn one_fails(orders: usize, panics: bool) {
    let mut set: Orders = (0..orders).map(|_| pending()).collect();
    set.spawn(async move {
        yield_now().await;
        if panics {
            panic!("burnt");
        }
        Err("burnt".to_owned())
    });
    let (done, cancelled, first) = all_or_first_error(&mut set).await;
    assert_eq!((done, cancelled), (0, orders), "of one error");
    assert!(first.is_some_and(|error| error.contains("burnt")));
    nobody_is_left().await;
}

async fn each_panics() {
    let mut set: Orders =
        (0..1000).map(|_| async { panic!("burnt") }).collect();
    let (done, _, first) = all_or_first_error(&mut set).await;
    assert_eq!(done, 0);
    assert!(first.is_some(), "a panic is an error");
    nobody_is_left().await;
}

/// An order that somebody else has aborted is missing, and that is an error.
async fn one_is_aborted() {
    let mut set = Orders::new();
    set.spawn(async { Ok(1) });
    set.spawn(pending()).abort();
    let (_, _, first) = all_or_first_error(&mut set).await;
    assert!(first.is_some(), "an order is missing without an error");
}

async fn dropped_at_each_await() {
    for polls in 0..10 {
        {
            let mut set: Orders = (0..10).map(|_| pending()).collect();
            let mut all = pin!(all_or_first_error(&mut set));
            let mut cx = Context::from_waker(Waker::noop());
            for _ in 0..polls {
                assert!(all.as_mut().poll(&mut cx).is_pending());
                yield_now().await;
            }
        }
        while alive() > 0 {
            yield_now().await;
        }
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
        let debug = cfg!(debug_assertions);
        runtime.block_on(async {
            all_is_well(if debug { 10_000 } else { 100_000 }).await;
            one_fails(1000, false).await;
            one_fails(1000, true).await;
            each_panics().await;
            one_is_aborted().await;
            dropped_at_each_await().await;
        });
    }
}
