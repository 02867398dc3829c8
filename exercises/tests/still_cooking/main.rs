//! One dish is ordered once, however often somebody asks for it.

#[cfg(feature = "mine")]
#[path = "../../mine/still_cooking.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::cell::{Cell, RefCell};
use std::time::Duration;

use attempt::order;
use tokio::time::{Instant, sleep, timeout};

const NO_END: &str = "a minute has passed, at most four seconds were allowed, \
    and `order` still waits. What ends the last round?";

/// Notes when it goes.
struct Flame<'a>(Instant, &'a Cell<Option<u128>>);

impl Drop for Flame<'_> {
    fn drop(&mut self) {
        self.1.set(Some(self.0.elapsed().as_millis()));
    }
}

/// How an order went.
#[derive(Debug, PartialEq)]
struct Story {
    cooked: u32,
    said: Vec<(u64, u128)>,
    dish: Option<&'static str>,
    ms: u128,
    stove_off: Option<u128>,
}

/// Orders a dish of so many milliseconds and waits for so many seconds.
async fn story(ms: u64, seconds: u64) -> Story {
    let start = Instant::now();
    let (cooked, stove_off) = (Cell::new(0), Cell::new(None));
    let said = RefCell::new(Vec::new());
    let cook = || {
        cooked.set(cooked.get() + 1);
        let flame = Flame(start, &stove_off);
        async move {
            let _flame = flame;
            sleep(Duration::from_millis(ms)).await;
            "soup"
        }
    };
    let say = |passed| {
        said.borrow_mut()
            .push((passed, start.elapsed().as_millis()));
    };
    let order = timeout(Duration::from_secs(60), order(cook, seconds, say));
    let dish = order
        .await
        .unwrap_or_else(|_| panic!("{}", exercises::once(NO_END)));
    Story {
        cooked: cooked.get(),
        said: said.take(),
        dish,
        ms: start.elapsed().as_millis(),
        stove_off: stove_off.get(),
    }
}

#[test]
fn a_dish_that_takes_longer_than_a_second_is_served() {
    virtual_time::run(|| async {
        let story = story(2500, 4).await;
        exercises::same!(
            (story.dish, story.ms),
            (Some("soup"), 2500),
            "The soup takes 2500 ms, and the guest waits for four \
             seconds. What was served, and at which ms, stand \
             below. A timeout that is over drops what it was \
             given: does the next round go on with the same \
             soup?",
        );
    });
}

#[test]
fn a_dish_is_cooked_once() {
    virtual_time::run(|| async {
        for (ms, seconds) in [(300, 4), (2500, 4), (8000, 3)] {
            let story = story(ms, seconds).await;
            exercises::same!(
                story.cooked,
                1,
                "One soup of {ms} ms was ordered. The number of calls of \
             `cook` stands below. Each call is an order of \
             its own.",
            );
        }
    });
}

#[test]
fn the_guest_is_told_each_second() {
    virtual_time::run(|| async {
        exercises::same!(
            story(2500, 4).await.said,
            [(1, 1000), (2, 2000)],
            "The soup takes 2500 ms. What `say` was told, and at which \
             ms, stand below. It is told after each full \
             second without a dish.",
        );
        exercises::same!(
            story(300, 4).await.said,
            [],
            "The soup takes 300 ms, so there is nothing to tell. What \
             `say` was told, and at which ms, stand below. It \
             is told after each full second without a dish.",
        );
    });
}

#[test]
fn the_guest_does_not_wait_for_ever() {
    virtual_time::run(|| async {
        let story = story(8000, 3).await;
        exercises::same!(
            (story.dish, story.ms, &story.said[..]),
            (None, 3000, &[(1, 1000), (2, 2000), (3, 3000)][..]),
            "The soup takes 8000 ms, and the guest waits for three \
             seconds. What was served, when, and what `say` \
             was told, stand below. What ends the last round?",
        );
        exercises::same!(
            story.stove_off,
            Some(3000),
            "The guest gives up at 3000 ms. The ms at which the stove \
             went off stands below. Who still owns the soup?",
        );
    });
}
