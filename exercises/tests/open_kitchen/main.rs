//! Nothing grows with the number of guests but the guests themselves.

#[cfg(feature = "mine")]
#[path = "../../mine/open_kitchen.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::collections::BTreeMap;
use std::future::pending;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use attempt::{Kitchen, Refused};
use tokio::task::{JoinSet, yield_now};
use tokio::time::{Instant, sleep, timeout};

const LONG: Duration = Duration::from_secs(3600);

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Lets every task go on until it waits.
async fn settle() {
    for _ in 0..10 {
        yield_now().await;
    }
}

#[test]
fn ten_thousand_guests_at_once() {
    virtual_time::run(|| async {
        let kitchen = Arc::new(Kitchen::open(3, 5));
        let cooking = Arc::new(AtomicUsize::new(0));
        let at_most = Arc::new(AtomicUsize::new(0));
        let start = Instant::now();
        let mut guests = JoinSet::new();
        for _ in 0..10_000 {
            let kitchen = Arc::clone(&kitchen);
            let (cooking, most) = (Arc::clone(&cooking), Arc::clone(&at_most));
            guests.spawn(async move {
                let told = kitchen.order(LONG, async {
                    let now = cooking.fetch_add(1, Ordering::Relaxed) + 1;
                    most.fetch_max(now, Ordering::Relaxed);
                    sleep(ms(10)).await;
                    cooking.fetch_sub(1, Ordering::Relaxed);
                });
                (told.await, start.elapsed().as_millis())
            });
        }
        let mut told: BTreeMap<String, usize> = BTreeMap::new();
        while let Some(guest) = guests.join_next().await {
            let (guest, when) = guest.expect("nobody panics");
            *told
                .entry(format!("{guest:?} after {when} ms"))
                .or_default() += 1;
        }
        exercises::same!(
            at_most.load(Ordering::Relaxed),
            3,
            "three pans, and so many orders cooked at a time"
        );
        let expected = [
            ("Err(Full) after 0 ms", 9_992),
            ("Ok(()) after 10 ms", 3),
            ("Ok(()) after 20 ms", 3),
            ("Ok(()) after 30 ms", 2),
        ];
        let lines = told.iter().map(|(what, n)| (what.as_str(), *n));
        exercises::same!(
            lines.take(4).collect::<Vec<_>>(),
            expected,
            "10000 guests come at once to three pans and five places, and an \
             order takes 10 ms. So many are told this. Where do those wait for \
             whom there is no place?"
        );
    });
}

#[test]
fn patience_begins_at_the_door() {
    virtual_time::run(|| async {
        let kitchen = Arc::new(Kitchen::open(1, 1));
        let first = Arc::clone(&kitchen);
        tokio::spawn(async move {
            first.order(LONG, async { sleep(ms(80)).await }).await
        });
        settle().await;
        let start = Instant::now();
        let told = kitchen.order(ms(100), async { sleep(ms(50)).await }).await;
        exercises::same!(
            (told, start.elapsed().as_millis()),
            (Err(Refused::TooLate), 100),
            "a guest with a patience of 100 ms waits 80 for the pan, and the \
             order takes 50. The guest is told this, after so many \
             milliseconds. When does the clock start?"
        );
    });
}

#[test]
fn who_waits_in_vain_is_told_so() {
    virtual_time::run(|| async {
        let kitchen = Arc::new(Kitchen::open(1, 1));
        let first = Arc::clone(&kitchen);
        tokio::spawn(async move { first.order(LONG, pending::<()>()).await });
        settle().await;
        let start = Instant::now();
        let told = timeout(LONG / 2, kitchen.order(ms(100), async {})).await;
        exercises::same!(
            (told.ok(), start.elapsed().as_millis()),
            (Some(Err(Refused::TooLate)), 100),
            "the only pan is never free. A guest with a patience of 100 ms is \
             told this, after so many milliseconds. (`None` still waits.) Does \
             the timeout hold for the queue, too?"
        );
    });
}

#[test]
fn who_leaves_gives_everything_back() {
    virtual_time::run(|| async {
        let kitchen = Arc::new(Kitchen::open(1, 1));
        for _ in 0..3 {
            let guests = [0, 1].map(|_| {
                let kitchen = Arc::clone(&kitchen);
                tokio::spawn(async move {
                    kitchen.order(LONG, pending::<()>()).await
                })
            });
            settle().await;
            // One cooks, and one waits.
            for guest in guests {
                guest.abort();
            }
            settle().await;
        }
        let told =
            timeout(ms(100), kitchen.order(LONG, async { "soup" })).await;
        exercises::same!(
            told.ok(),
            Some(Ok("soup")),
            "six guests came in pairs and left, one from the pan and one from \
             the queue. The next one is told this. (`None` still waits.) Who \
             gives pan and place back if the future is dropped?"
        );
    });
}
