//! A larder answers who can be answered, in order, and forgets nobody.

#[cfg(feature = "mine")]
#[path = "../../mine/egg_larder.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;
#[path = "../../src/virtual_time.rs"]
mod virtual_time;

use std::time::Duration;

use attempt::{Larder, ROOM, Refused};
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

const SOON: Duration = Duration::from_millis(10);

/// Asks for eggs in a task of its own, and has asked when this returns.
async fn ask(larder: &Larder, eggs: u32) -> JoinHandle<Result<(), Refused>> {
    let larder = larder.clone();
    let guest = tokio::spawn(async move { larder.take(eggs).await });
    sleep(SOON).await;
    guest
}

/// What a guest was told, or `None` who still waits.
async fn told(
    guest: JoinHandle<Result<(), Refused>>,
) -> Option<Result<(), Refused>> {
    let told = timeout(SOON, guest).await.ok()?;
    Some(told.expect("no guest panics"))
}

async fn deliver(larder: &Larder, eggs: u32) {
    let taken = timeout(SOON, larder.deliver(eggs)).await;
    exercises::same!(
        taken,
        Ok(Ok(())),
        "a delivery of {eggs} eggs did not get into the larder. Does its task \
         still receive, whatever a guest waits for?",
    );
}

#[test]
fn a_guest_who_waits_does_not_cost_another_one_the_answer() {
    virtual_time::run(|| async {
        let (larder, _task) = Larder::open(3);
        let ann = ask(&larder, 5).await;
        let bob = ask(&larder, 2).await;
        deliver(&larder, 4).await;
        exercises::same!(
            told(ann).await,
            Some(Ok(())),
            "three eggs, Ann asks for 5, Bob for 2, four more eggs come: there \
             are enough for both, and this is what Ann is told",
        );
        exercises::same!(
            told(bob).await,
            Some(Ok(())),
            "three eggs, Ann asks for 5, Bob for 2, four more eggs come: this \
             is what Bob is told. Where is a request kept that cannot be \
             answered yet, and who looks at it again?",
        );
    });
}

#[test]
fn who_asked_first_is_served_first() {
    virtual_time::run(|| async {
        let (larder, _task) = Larder::open(3);
        let ann = ask(&larder, 5).await;
        let bob = ask(&larder, 2).await;
        assert!(
            !bob.is_finished(),
            "Ann has asked for 5 eggs and waits. Bob asked for 2 after her, \
             and has his answer before she has hers"
        );
        deliver(&larder, 2).await;
        exercises::same!(
            told(ann).await,
            Some(Ok(())),
            "there are 5 eggs, and Ann, who asked for 5 first, is told this",
        );
        assert!(
            !bob.is_finished(),
            "Ann has taken all eggs, and Bob is told to take 2. Are eggs that \
             are handed out taken off the stock?"
        );
    });
}

#[test]
fn a_guest_who_has_left_takes_nothing() {
    virtual_time::run(|| async {
        let (larder, task) = Larder::open(3);
        let left = timeout(SOON, larder.take(5)).await;
        assert!(left.is_err(), "three eggs, and a guest got five of them");
        deliver(&larder, 3).await;
        let bob = ask(&larder, 6).await;
        exercises::same!(
            told(bob).await,
            Some(Ok(())),
            "Ann asked for 5 eggs and left before there were enough. Six are \
             there, and Bob, who asks for 6, is told this. `send` of a \
             oneshot says whether somebody still waits",
        );
        drop(larder);
        let rest = timeout(SOON, task).await.map_err(|_| "still open");
        let rest = rest.map(|rest| rest.map_err(|error| error.to_string()));
        exercises::same!(
            rest,
            Ok(Ok(0)),
            "of six eggs Bob took six, and this is the rest",
        );
    });
}

#[test]
fn a_guest_who_has_left_is_in_nobodys_way() {
    virtual_time::run(|| async {
        let (larder, _task) = Larder::open(3);
        let left = timeout(SOON, larder.take(100)).await;
        assert!(left.is_err(), "three eggs, and a guest got a hundred");
        let bob = ask(&larder, 2).await;
        exercises::same!(
            told(bob).await,
            Some(Ok(())),
            "the guest before Bob asked for 100 eggs and has left. Bob asks \
             for 2 of three, and is told this. Must the head of the \
             queue be served before you look behind it, if nobody stands there?",
        );
    });
}

#[test]
fn a_guest_who_leaves_lets_the_next_one_pass() {
    virtual_time::run(|| async {
        let (larder, _task) = Larder::open(3);
        let ann = ask(&larder, 100).await;
        let bob = ask(&larder, 2).await;
        assert!(
            !bob.is_finished(),
            "Ann has asked for 100 eggs and waits. Bob asked for 2 after her, \
             and has his answer before she has hers"
        );
        ann.abort();
        exercises::same!(
            told(bob).await,
            Some(Ok(())),
            "three eggs, Ann asks for 100, Bob for 2. Then Ann leaves, and \
             nobody asks or delivers any more. Bob is told this. What wakes \
             the larder when a guest leaves?",
        );
    });
}

#[test]
fn the_room_is_for_guests_who_wait() {
    virtual_time::run(|| async {
        let (larder, _task) = Larder::open(3);
        let mut guests = Vec::new();
        for _ in 0..ROOM {
            let larder = larder.clone();
            guests.push(tokio::spawn(async move { larder.take(5).await }));
        }
        sleep(SOON).await;
        let one_more = ask(&larder, 5).await;
        exercises::same!(
            told(one_more).await,
            Some(Err(Refused::Full)),
            "`ROOM` guests wait for more eggs than there are, and one more \
             asks. He is told this. (`None` waits.) Without a bound, a crowd \
             of guests is kept in memory"
        );
        // All leave but the first, who is still at the head.
        for guest in guests.drain(1..) {
            guest.abort();
        }
        sleep(SOON).await;
        let bob = ask(&larder, 2).await;
        deliver(&larder, 4).await;
        exercises::same!(
            told(bob).await,
            Some(Ok(())),
            "of `ROOM` guests all have left but the first. Then Bob asks for 2 \
             eggs, and enough come for both. He is told this. Who makes room \
             when a guest leaves in the middle of the queue?"
        );
    });
}

#[test]
fn the_larder_closes_when_the_last_handle_is_gone() {
    virtual_time::run(|| async {
        let (larder, task) = Larder::open(3);
        let guest = ask(&larder, 1).await;
        exercises::same!(
            told(guest).await,
            Some(Ok(())),
            "three eggs, and a guest who asks for one is told this",
        );
        deliver(&larder, 1).await;
        drop(larder);
        let rest = timeout(SOON, task).await.map_err(|_| "still open");
        let rest = rest.map(|rest| rest.map_err(|error| error.to_string()));
        exercises::same!(
            rest,
            Ok(Ok(3)),
            "all handles are gone, and three eggs are left. Who else holds a \
             `Sender`, or what does the task wait for besides `recv`?",
        );
    });
}
