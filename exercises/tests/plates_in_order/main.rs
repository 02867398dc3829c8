//! A bound for the cooks, and no more waiting than it takes.

#[cfg(feature = "mine")]
#[path = "../../mine/plates_in_order.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use attempt::cook_all;
use tokio::time::{Instant, sleep, timeout};

const NO_END: &str = "a minute has passed, and `cook_all` waits for something \
    that never comes. Does a cook who is done make room for the next order?";

/// What is on the stove.
#[derive(Clone, Default)]
struct Stove(Arc<[AtomicUsize; 3]>);

impl Stove {
    fn now(&self) -> usize {
        self.0[0].load(Ordering::Relaxed)
    }

    fn most(&self) -> usize {
        self.0[1].load(Ordering::Relaxed)
    }

    fn begun(&self) -> usize {
        self.0[2].load(Ordering::Relaxed)
    }

    fn light(&self) -> Flame {
        let now = self.0[0].fetch_add(1, Ordering::Relaxed) + 1;
        self.0[1].fetch_max(now, Ordering::Relaxed);
        self.0[2].fetch_add(1, Ordering::Relaxed);
        Flame(self.clone())
    }
}

/// On while a dish is cooked.
struct Flame(Stove);

impl Drop for Flame {
    fn drop(&mut self) {
        self.0.0[0].fetch_sub(1, Ordering::Relaxed);
    }
}

/// A dish of so many milliseconds; one of `fails` is an error then.
async fn cook(stove: Stove, ms: u64, fails: bool) -> Result<u64, u64> {
    let _flame = stove.light();
    sleep(Duration::from_millis(ms)).await;
    if fails { Err(ms) } else { Ok(ms) }
}

/// What `cook_all` returns, and after how many milliseconds.
async fn cooked(
    stove: &Stove,
    dishes: &[u64],
    at_once: usize,
    fails: fn(u64) -> bool,
) -> (Result<Vec<u64>, u64>, u128) {
    let start = Instant::now();
    let orders = dishes.iter().map(|&ms| cook(stove.clone(), ms, fails(ms)));
    let all = cook_all(orders.collect(), at_once);
    let plates = timeout(Duration::from_secs(60), all)
        .await
        .unwrap_or_else(|_| panic!("{}", exercises::once(NO_END)));
    (plates, start.elapsed().as_millis())
}

fn never(_: u64) -> bool {
    false
}

#[test]
fn the_plates_stand_in_the_order_of_the_orders() {
    virtual_time::run(|| async {
        for dishes in [&[][..], &[30, 10, 20], &[50, 40, 30, 20, 10]] {
            let (plates, _) = cooked(&Stove::default(), dishes, 3, never).await;
            exercises::same!(
                plates.as_deref(),
                Ok(dishes),
                "the plates do not stand in the order of the orders. \
                 Which dish is ready first says nothing about its \
                 place: what does a dish know of its own?",
            );
        }
    });
}

#[test]
fn no_more_than_so_many_are_cooked_at_once() {
    virtual_time::run(|| async {
        for at_once in [1, 3] {
            let stove = Stove::default();
            let (_, ms) = cooked(&stove, &[10; 12], at_once, never).await;
            let most = stove.most();
            exercises::same!(
                most,
                at_once,
                "twelve dishes, at most {at_once} at once: {most} were on the \
                 stove together, and all were done after {ms} ms",
            );
        }
    });
}

#[test]
fn a_slow_dish_keeps_one_cook_busy_and_no_other() {
    virtual_time::run(|| async {
        let dishes = [100, 10, 10, 10, 10, 10, 10, 10];
        let (_, ms) = cooked(&Stove::default(), &dishes, 2, never).await;
        exercises::same!(
            ms,
            100,
            "a dish of 100 ms, seven of 10 ms, two cooks: it took so many ms. \
             While one cook is at the slow dish, the other can cook \
             all the rest. Does somebody wait for it with empty hands, or does \
             a plate that is ready, and waits for its place, keep a cook?",
        );
    });
}

#[test]
fn the_first_error_is_returned_when_it_happens() {
    virtual_time::run(|| async {
        let stove = Stove::default();
        let dishes = [50, 20, 70, 30, 10, 10, 10];
        let fails = |ms| ms == 50 || ms == 20;
        let (plates, ms) = cooked(&stove, &dishes, 3, fails).await;
        exercises::same!(
            (plates, ms),
            (Err(20), 20),
            "the second of seven orders fails after 20 ms, the first after 50. \
             This was returned, and after so many ms. Is a result \
             looked at when it comes, or when it is its turn?",
        );
        // Tasks that were aborted get a moment to end.
        sleep(Duration::from_millis(1)).await;
        exercises::same!(
            stove.now(),
            0,
            "the error is returned, and so many dishes are still on the stove. \
             Which tool drops or aborts what is not done?",
        );
        sleep(Duration::from_secs(1)).await;
        let begun = stove.begun();
        assert!(
            begun <= 4,
            "the error came when three orders had been begun, or four. In the \
             end {begun} were: dishes were started that nobody will get"
        );
    });
}
