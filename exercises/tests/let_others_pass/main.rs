//! A long loop that gives its thread away now and then.

#[cfg(feature = "mine")]
#[path = "../../mine/let_others_pass.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::cell::Cell;
use std::time::Duration;

use attempt::total;
use tokio::task::yield_now;
use tokio::time::timeout;

/// What came of it: the sum, the longest run without a turn for the neighbour,
/// and the number of those turns.
async fn added(prices: u64) -> (u64, u64, u64) {
    let [run, longest, turns, done] = [const { Cell::new(0) }; 4];
    let bill = (1..=prices).inspect(|_| {
        run.set(run.get() + 1);
        longest.set(longest.get().max(run.get()));
    });
    let sum = async {
        let sum = total(bill).await;
        done.set(1);
        sum
    };
    let neighbour = async {
        while done.get() == 0 {
            turns.set(turns.get() + 1);
            run.set(0);
            yield_now().await;
        }
    };
    // Of the two, the same one is polled first each time.
    let (sum, ()) = futures::join!(sum, neighbour);
    (sum, longest.get(), turns.get())
}

#[test]
fn no_price_is_forgotten() {
    virtual_time::run(|| async {
        for prices in [0, 1, 999, 1000, 1001, 2500] {
            exercises::same!(
                added(prices).await.0,
                prices * (prices + 1) / 2,
                "a bill of {prices} prices, from 1 to {prices}. Does the last chunk \
                 count, if it is not full?",
            );
        }
    });
}

#[test]
fn others_have_their_turn_after_a_thousand_prices() {
    virtual_time::run(|| async {
        let (_, longest, _) = added(100_000).await;
        assert!(
            longest <= 1000,
            "a bill of 100,000 prices: {longest} of them were added up while \
             another branch was ready and had no turn. A thread is free for others \
             when a poll returns: which `.await` lets it return, although there is \
             nothing to wait for?"
        );
        assert!(longest > 0, "not one price was added up");
    });
}

#[test]
fn a_turn_is_not_given_away_at_each_price() {
    virtual_time::run(|| async {
        let (_, _, turns) = added(100_000).await;
        assert!(
            turns <= 2000,
            "a bill of 100,000 prices, and the others had {turns} turns. Each costs \
             more than some additions, and a hundred of them are enough: how many \
             prices can be added up between two?"
        );
    });
}

#[test]
fn it_goes_on_when_nobody_else_is_there() {
    virtual_time::run(|| async {
        let alone = timeout(Duration::from_secs(60), total(1..=2500));
        exercises::same!(
            alone.await.ok(),
            Some(2500 * 2501 / 2),
            "a bill of 2,500 prices and no neighbour, and after a minute this has come. \
             Who wakes a task that has answered `Pending`?",
        );
    });
}
