//! A bell that rings once is heard by everyone, in every order of events.
//!
//! Loom runs each test in every order in which the threads can take their
//! steps, as far as they take them on the types of `sync`.

#[cfg(feature = "mine")]
#[path = "../../mine/dinner_bell.rs"]
#[rustfmt::skip]
mod attempt;
#[cfg(not(feature = "mine"))]
#[cfg_attr(feature = "starter", path = "starter.rs")]
#[cfg_attr(not(feature = "starter"), path = "solution.rs")]
mod attempt;

/// In a crate of your own, `cfg(loom)` chooses between these and std's.
// An attempt need not use all of them.
#[allow(unused_imports)]
mod sync {
    pub use loom::sync::{Mutex, atomic};
}

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::task::{Context, Wake, Waker};

use attempt::Bell;
use exercises::Event;
use loom::thread;

/// The text of the attempt.
#[cfg(feature = "mine")]
const SOURCE: &str = include_str!("../../mine/dinner_bell.rs");
#[cfg(all(not(feature = "mine"), feature = "starter"))]
const SOURCE: &str = include_str!("starter.rs");
#[cfg(not(any(feature = "mine", feature = "starter")))]
const SOURCE: &str = include_str!("solution.rs");

/// A guest: polls the bell, and remembers to have been woken.
///
/// Its flag is std's, so that loom does not take it for one of the steps.
#[derive(Default)]
struct Guest(AtomicBool);

impl Wake for Guest {
    fn wake(self: Arc<Self>) {
        self.0.store(true, Ordering::Relaxed);
    }
}

impl Guest {
    fn is_pending(self: &Arc<Self>, bell: &Bell) -> bool {
        let waker = Waker::from(Arc::clone(self));
        bell.poll_rung(&mut Context::from_waker(&waker))
            .is_pending()
    }

    fn was_woken(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

const EARLY: &str = "the bell has not rung yet, so a guest who polls it is to \
    wait, and was told that it has rung";

/// Two guests come after the bell, one after the other: do they wait?
fn latecomers() -> [bool; 2] {
    let bell = Bell::new();
    bell.ring();
    <[Arc<Guest>; 2]>::default().map(|guest| guest.is_pending(&bell))
}

#[test]
fn who_comes_after_the_bell_does_not_wait() {
    loom::model(|| {
        let [first, second] = latecomers();
        assert!(!first, "the bell has rung, and a guest is told to wait");
        assert!(
            !second,
            "the bell has rung, one guest was let in, and the next is told to \
             wait. Does a guest who looks at the bell use it up?"
        );
    });
}

#[test]
fn who_hears_the_bell_sees_what_was_done_before() {
    loom::model(|| {
        let table = loom::sync::Arc::new((
            Bell::new(),
            loom::sync::atomic::AtomicBool::new(false),
        ));
        let ringer = {
            let table = loom::sync::Arc::clone(&table);
            thread::spawn(move || {
                let (bell, laid) = &*table;
                laid.store(true, Ordering::Relaxed);
                bell.ring();
            })
        };
        let (bell, laid) = &*table;
        let waits = Arc::new(Guest::default()).is_pending(bell);
        let found = waits || laid.load(Ordering::Relaxed);
        // Before the panic: what a thread of the model holds outlives it.
        ringer.join().expect("the bell rang");
        assert!(
            found,
            "the table was laid before the bell rang, a guest heard the bell, \
             and found no table. Which ordering makes what one thread has \
             written visible to another?"
        );
    });
}

#[test]
fn everyone_who_waits_is_woken() {
    loom::model(|| {
        let bell = Bell::new();
        let guests: [Arc<Guest>; 3] = Default::default();
        for guest in &guests {
            assert!(guest.is_pending(&bell), "{}", exercises::once(EARLY));
        }
        bell.ring();
        let woken = guests.iter().filter(|guest| guest.was_woken()).count();
        assert!(
            woken == 3,
            "three guests wait, the bell rings once, and it has woken {woken}. \
             Has it kept a waker for each?"
        );
    });
}

#[test]
fn the_latest_waker_of_a_guest_is_woken() {
    loom::model(|| {
        let bell = Bell::new();
        let (before, now) = <(Arc<Guest>, Arc<Guest>)>::default();
        for guest in [&before, &now, &now] {
            assert!(guest.is_pending(&bell), "{}", exercises::once(EARLY));
        }
        bell.ring();
        assert!(
            now.was_woken(),
            "a guest who has moved to another task is not woken there"
        );
    });
}

#[test]
fn a_guest_who_asks_again_is_still_one_guest() {
    loom::model(|| {
        let bell = Bell::new();
        // All wakers of these two guests, those of the test included.
        let wakers = Arc::new(AtomicUsize::new(2));
        let guest = || {
            let count = Arc::clone(&wakers);
            exercises::waker(move |event| match event {
                Event::Cloned => drop(count.fetch_add(1, Ordering::Relaxed)),
                Event::Dropped => drop(count.fetch_sub(1, Ordering::Relaxed)),
                Event::Woken => {}
            })
        };
        let guests = [guest(), guest()];
        for _ in 0..20 {
            for waker in &guests {
                let mut cx = Context::from_waker(waker);
                let waits = bell.poll_rung(&mut cx).is_pending();
                assert!(waits, "{}", exercises::once(EARLY));
            }
        }
        let kept = wakers.load(Ordering::Relaxed) - 2;
        assert!(
            kept <= 2,
            "two guests have asked in turn, 20 times each, and the bell keeps \
             {kept} wakers. `Waker::will_wake` tells whether two wake the same \
             task: with which of those that are kept is the new one compared?"
        );
    });
}

#[test]
fn a_guest_may_look_at_the_bell_when_it_is_woken() {
    exercises::ends(|| {
        let rings = || {
            let bell = Arc::new(Bell::new());
            let looks: Arc<OnceLock<bool>> = Arc::default();
            let (seen, look) = (Arc::clone(&bell), Arc::clone(&looks));
            let waker = exercises::waker(move |event| {
                if event == Event::Woken {
                    let mut cx = Context::from_waker(Waker::noop());
                    let _ = look.set(seen.poll_rung(&mut cx).is_ready());
                }
            });
            let mut cx = Context::from_waker(&waker);
            let waits = bell.poll_rung(&mut cx).is_pending();
            assert!(waits, "{}", exercises::once(EARLY));
            bell.ring();
            exercises::same!(
                looks.get(),
                Some(&true),
                "a guest looks at the bell when it is woken, and this is \
                 whether the bell has rung. Does `ring` set the flag before it \
                 wakes anybody, and does it wake everybody?"
            );
        };
        if let Err(said) = exercises::caught(|| loom::model(rings)) {
            assert!(
                !said.contains("deadlock"),
                "a guest looks at the bell when it is woken, and waits for a \
                 lock that is held by who wakes it. A waker runs code that is \
                 not yours: let go of the lock first, in `ring` and in \
                 `poll_rung`"
            );
            panic!("{said}");
        }
    });
}

/// In how many orders loom runs `check`.
fn orders(check: impl Fn() + Send + Sync + 'static) -> usize {
    let orders = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&orders);
    loom::model(move || {
        count.fetch_add(1, Ordering::Relaxed);
        check();
    });
    orders.load(Ordering::Relaxed)
}

/// A ringer and two guests, each on a thread.
fn ring_and_arrive<B: Send + Sync + 'static>(
    bell: B,
    ring: fn(&B),
    arrive: fn(&B) -> (bool, Arc<Guest>),
) -> [(bool, Arc<Guest>); 2] {
    let bell = Arc::new(bell);
    let (ringing, arriving) = (Arc::clone(&bell), Arc::clone(&bell));
    let ringer = thread::spawn(move || ring(&ringing));
    let other = thread::spawn(move || arrive(&arriving));
    let guests = [arrive(&bell), other.join().expect("a guest came")];
    ringer.join().expect("the bell rang");
    guests
}

#[test]
fn no_wake_up_is_lost() {
    let used_up = exercises::caught(|| {
        loom::model(|| assert!(latecomers() == [false; 2]))
    });
    assert!(
        used_up.is_ok(),
        "whether a wake-up is lost can be told when a bell that has rung lets \
         everyone in: see `who_comes_after_the_bell_does_not_wait`"
    );
    // What loom sees of the threads alone.
    let without = orders(|| {
        ring_and_arrive((), |()| (), |()| (false, Arc::default()));
    });
    let with = orders(|| {
        let guests = ring_and_arrive(Bell::new(), Bell::ring, |bell| {
            let guest = Arc::new(Guest::default());
            (guest.is_pending(bell), guest)
        });
        for (waits, guest) in guests {
            assert!(
                !waits || guest.was_woken(),
                "a lost wake-up: the bell rang between the guest's look at \
                 the bell and the moment when its waker was stored. Is both \
                 done under one lock, and does `ring` set the flag before it \
                 takes the wakers?"
            );
        }
    });
    assert!(
        with > without
            && !exercises::code(SOURCE).contains("std::sync::atomic"),
        "loom does not see types of std. It tried {with} orders of the threads \
         with the bell, and {without} without it. Do `Mutex` and the atomics \
         come from `super::sync`?"
    );
}
