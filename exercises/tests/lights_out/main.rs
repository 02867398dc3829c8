//! A kitchen closes when it can, and when it must.

#[cfg(feature = "mine")]
#[path = "../../mine/lights_out.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::panic::resume_unwind;
use std::time::Duration;

use attempt::{Tally, run};
use tokio::runtime::Builder;
use tokio::sync::{mpsc, oneshot, watch};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep, timeout};

const NO_END: &str = "there were signals, cooks to abort, and an hour. `run` \
    still waits: for whom, and who aborts what is left?";

const GRACE: Duration = Duration::from_secs(1);

fn ms(ms: u64) -> Duration {
    Duration::from_millis(ms)
}

/// Cooks dishes of so many milliseconds until it is told to go home; then it
/// finishes the dish in hand.
async fn cook(time: u64, closing: watch::Receiver<bool>) -> Result<(), String> {
    while !*closing.borrow() {
        sleep(ms(time)).await;
    }
    Ok(())
}

/// Signals at these milliseconds. Their sender stays.
fn signals(at: &'static [u64]) -> mpsc::Receiver<()> {
    let (sender, receiver) = mpsc::channel(8);
    let start = Instant::now();
    tokio::spawn(async move {
        for &time in at {
            tokio::time::sleep_until(start + ms(time)).await;
            // Who has gone home needs no signal.
            let _ = sender.send(()).await;
        }
        sender.closed().await;
    });
    receiver
}

/// What became of cooks whose dishes take so long, and after how many ms.
async fn closed(dishes: &[u64], signals: mpsc::Receiver<()>) -> (Tally, u128) {
    let start = Instant::now();
    let (close, closing) = watch::channel(false);
    let cooks: JoinSet<_> =
        dishes.iter().map(|&ms| cook(ms, closing.clone())).collect();
    drop(closing);
    let all = run(cooks, close, signals, GRACE);
    let tally = timeout(Duration::from_secs(3600), all)
        .await
        .unwrap_or_else(|_| panic!("{}", exercises::once(NO_END)));
    (tally, start.elapsed().as_millis())
}

fn tally(done: usize, failed: usize, aborted: usize) -> Tally {
    Tally {
        done,
        failed,
        aborted,
        stuck: 0,
    }
}

#[test]
fn a_dish_in_hand_is_finished_and_nobody_waits_longer() {
    virtual_time::run(|| async {
        exercises::same!(
            closed(&[40, 300], signals(&[100])).await,
            (tally(2, 0, 0), 300),
            "Two cooks, and a signal at 100 ms. Their dishes in hand are \
             done at 120 and 300 ms, and 1000 ms of grace \
             were allowed. What became of the cooks, and the \
             ms at which `run` returned, stand below. Who \
             told them to go home, and what ends the wait \
             besides the deadline?",
        );
    });
}

#[test]
fn after_the_grace_the_rest_is_aborted() {
    virtual_time::run(|| async {
        exercises::same!(
            closed(&[40, 60_000], signals(&[100])).await,
            (tally(1, 0, 1), 1100),
            "Two cooks, one of them with a dish of a minute, a signal at \
             100 ms, and 1000 ms of grace. What became of the \
             cooks, and the ms at which `run` returned, stand \
             below. Who aborts the cook who is not done, and \
             when?",
        );
    });
}

#[test]
fn a_second_signal_ends_the_grace() {
    virtual_time::run(|| async {
        exercises::same!(
            closed(&[40, 60_000], signals(&[100, 250])).await,
            (tally(1, 0, 1), 250),
            "Two cooks, one of them with a dish of a minute, and signals \
             at 100 and at 250 ms. What became of the cooks, \
             and the ms at which `run` returned, stand below. \
             Somebody was impatient: who listens for signals \
             during the grace?",
        );
    });
}

#[test]
fn work_that_ends_by_itself_needs_no_signal() {
    virtual_time::run(|| async {
        let mut cooks = JoinSet::new();
        for time in [50, 100] {
            cooks.spawn(async move {
                sleep(ms(time)).await;
                Ok(())
            });
        }
        let start = Instant::now();
        let (close, _closing) = watch::channel(false);
        let run = run(cooks, close, signals(&[]), GRACE);
        let ended = timeout(ms(10_000), run).await;
        let ended = ended.map_err(|_| "still waiting");
        exercises::same!(
            (ended, start.elapsed().as_millis()),
            (Ok(tally(2, 0, 0)), 100),
            "Both cooks are done after 100 ms, and no signal comes. What \
             `run` returned, and at which ms, stand below. \
             Does anybody look at the cooks before the first \
             signal?",
        );
    });
}

#[test]
fn no_sender_is_no_signal() {
    virtual_time::run(|| async {
        let mut cooks = JoinSet::new();
        let (close, mut closing) = watch::channel(false);
        // Goes home at once if it is told to.
        cooks.spawn(async move {
            match timeout(ms(2000), closing.changed()).await {
                Err(_) => Ok(()),
                Ok(_) => Err("sent home".to_owned()),
            }
        });
        let (sender, signals) = mpsc::channel(1);
        drop(sender);
        exercises::same!(
            run(cooks, close, signals, GRACE).await,
            tally(1, 0, 0),
            "The sender of the signals is dropped, so there will be none, \
             and the cook should work to the end. What became \
             of it stands below. `recv` returns `None` when \
             the sender is gone: which pattern does the \
             branch wait for?",
        );
    });
}

/// An abort does not reach a thread. Not in virtual time, which stands still
/// while such a thread works.
#[test]
fn who_is_stuck_is_not_waited_for() {
    let (open, door) = std::sync::mpsc::channel::<()>();
    let runtime = Builder::new_current_thread().enable_time().build();
    let ended = runtime.expect("a runtime").block_on(async {
        let mut cooks = JoinSet::new();
        let (close, _closing) = watch::channel(false);
        let (begun, has_begun) = oneshot::channel();
        cooks.spawn_blocking(move || {
            let _ = begun.send(());
            // Until the test is over.
            let _ = door.recv();
            Ok(())
        });
        // Before that, an abort would reach it.
        has_begun.await.expect("the cook begins");
        let run = run(cooks, close, signals(&[0]), ms(10));
        let ended = timeout(ms(1000), run).await;
        drop(open);
        ended
    });
    exercises::same!(
        ended.map_err(|_| "still waiting after a second"),
        Ok(Tally {
            stuck: 1,
            ..Tally::default()
        }),
        "One cook blocks its thread, and never looks up. What `run` \
             returned, after the signal, the grace and the \
             abort, stand below. An abort takes effect at the \
             next `.await`. How long does anybody wait for \
             one that never comes?",
    );
}

#[test]
fn whoever_fails_counts_at_any_time() {
    virtual_time::run(|| async {
        let mut cooks = JoinSet::new();
        let (close, _closing) = watch::channel(false);
        cooks.spawn(async { Err("burnt".to_owned()) });
        // A panic, without the text of one.
        cooks.spawn(async { resume_unwind(Box::new("hot")) });
        cooks.spawn(async {
            sleep(ms(150)).await;
            Err("burnt, in the end".to_owned())
        });
        exercises::same!(
            run(cooks, close, signals(&[100]), GRACE).await,
            tally(0, 3, 0),
            "One cook fails and one panics before the signal, and one \
             fails after it. What is counted stands below. A \
             `JoinError` says whether the task was aborted or \
             has panicked.",
        );
    });
}
