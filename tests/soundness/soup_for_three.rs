use std::pin::pin;
use std::sync::Arc;
use std::task::{Context, Waker};
use tokio::runtime::{Builder, Handle, Runtime};
use tokio::task::{JoinSet, yield_now};
use tokio::time::timeout;

const HOUR: Duration = Duration::from_secs(3600);

fn runtimes() -> [(&'static str, Runtime); 2] {
    let mut current = Builder::new_current_thread();
    let current = current.enable_time().start_paused(true).build();
    let multi = Builder::new_multi_thread().enable_time().build();
    [("current", current), ("multi", multi)]
        .map(|(flavor, runtime)| (flavor, runtime.expect("a runtime")))
}

/// Each portion is taken once, and no guest sleeps beside a full pot.
async fn a_crowd(guests: u32, at_once: u32) {
    let pot = Arc::<Pot>::default();
    let mut eating = JoinSet::new();
    for _ in 0..guests {
        let pot = Arc::clone(&pot);
        eating.spawn(async move { pot.take().await });
    }
    let cook = {
        let pot = Arc::clone(&pot);
        tokio::spawn(async move {
            for _ in 0..guests / at_once {
                pot.fill(at_once);
                yield_now().await;
            }
        })
    };
    let all = timeout(HOUR, eating.join_all()).await;
    assert!(all.is_ok(), "a guest sleeps beside a full pot");
    cook.await.expect("no panic");
    assert!(!pot.try_take(), "a portion too many");
    // A worker counts a task out after its handle is ready.
    while Handle::current().metrics().num_alive_tasks() > 0 {
        yield_now().await;
    }
}

/// Guests who leave at each await take nothing with them.
async fn guests_who_leave() {
    let pot = Pot::default();
    let mut cx = Context::from_waker(Waker::noop());
    for _ in 0..100 {
        {
            let mut take = pin!(pot.take());
            assert!(take.as_mut().poll(&mut cx).is_pending());
            pot.fill(1);
        }
        assert!(pot.try_take(), "a portion is missing");
        assert!(!pot.try_take(), "a portion too many");
    }
}

/// What does not fit is spilled; what was there stays.
fn a_pot_that_is_full() {
    let pot = Pot::default();
    pot.fill(u32::MAX);
    pot.fill(1);
    assert!(pot.try_take(), "a full pot is empty");
}

fn main() {
    a_pot_that_is_full();
    for (flavor, runtime) in runtimes() {
        eprintln!("{flavor}");
        let guests = if cfg!(debug_assertions) {
            1_000
        } else {
            10_000
        };
        runtime.block_on(async {
            a_crowd(guests, guests / 10).await;
            a_crowd(100, 1).await;
            guests_who_leave().await;
        });
    }
}
