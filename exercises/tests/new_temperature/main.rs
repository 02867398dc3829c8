//! The oven is set once for each change of mind.

#[cfg(feature = "mine")]
#[path = "../../mine/new_temperature.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::cell::RefCell;
use std::time::Duration;

use attempt::control;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

const NO_END: &str = "the oven was set 1,000 times, for a few changes. Which \
    of them has the receiver seen, and what says that the sender is gone?";

/// When `control` set the oven, to what, and when it returned, in ms. The
/// temperature is changed at these ms, and the sender goes at `end`.
async fn story(
    changes: impl IntoIterator<Item = (u64, u32)>,
    end: u64,
) -> (Vec<(u128, u32)>, u128) {
    let start = Instant::now();
    let at = |ms| sleep_until(start + Duration::from_millis(ms));
    let (sender, receiver) = watch::channel(0);
    let story = RefCell::new(Vec::new());
    let oven = control(receiver, |degrees| {
        story
            .borrow_mut()
            .push((start.elapsed().as_millis(), degrees));
        let often = story.borrow().len();
        assert!(often <= 1000, "{}", exercises::once(NO_END));
    });
    let cook = async {
        for (ms, degrees) in changes {
            at(ms).await;
            sender.send_replace(degrees);
        }
        at(end).await;
        drop(sender);
    };
    let ((), returned) = tokio::join!(cook, async {
        oven.await;
        start.elapsed().as_millis()
    });
    (story.take(), returned)
}

#[test]
fn one_change_is_passed_on_after_a_quiet_time() {
    virtual_time::run(|| async {
        let (set, _) = story([(10, 180), (1010, 200)], 5000).await;
        exercises::same!(
            set,
            [(110, 180), (1110, 200)],
            "changed at 10 ms and, long after, at 1010. The oven is set 100 ms \
             after each and not before, or twice. (At which ms it was set, to what)",
        );
    });
}

#[test]
fn the_quiet_time_begins_anew_with_each_change() {
    virtual_time::run(|| async {
        let (set, _) = story([(0, 180), (60, 200), (120, 220)], 5000).await;
        exercises::same!(
            set,
            [(220, 220)],
            "changed at 0, 60 and 120 ms: it is quiet for 100 ms at 220, and \
             no earlier. Does anybody listen for changes while time passes? \
             (At which ms it was set, to what)",
        );
    });
}

#[test]
fn who_never_makes_up_his_mind_waits_half_a_second() {
    virtual_time::run(|| async {
        let changes = (0..20).map(|n| (60 * u64::from(n), 100 + n));
        let (set, _) = story(changes, 5000).await;
        exercises::same!(
            set,
            [(500, 108), (1040, 117), (1240, 119)],
            "changed every 60 ms, from 0 to 1140 ms: each series of changes is \
             passed on not later than 500 ms after its first. Is \
             `LATEST` one instant for a whole series, or made anew? (At which \
             ms it was set, to what)",
        );
    });
}

#[test]
fn the_last_wish_counts() {
    virtual_time::run(|| async {
        exercises::same!(
            story([(0, 180), (60, 200)], 90).await,
            (vec![(90, 200)], 90),
            "changed at 0 and 60 ms, and the sender goes at 90: nothing will \
             change any more, so why wait? (At which ms the oven was set, to \
             what, and when `control` returned)",
        );
        exercises::same!(
            story([], 90).await,
            (vec![], 90),
            "nothing was ever changed, so the oven is not set, and `control` \
             returns with the sender, at 90 ms",
        );
    });
}
